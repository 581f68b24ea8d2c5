package dev.vlm4j.models.llavanext;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.models.towers.VisionConfig;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the reference's {@code LlavaNextProcessor}, null where the files are silent.
 *
 * @param patchSize side of a patch in pixels
 * @param visionFeatureSelectStrategy {@code default} leaves out one position of the tower
 * @param imageToken placeholder of a picture
 * @param numAdditionalImageTokens positions of the tower that are no patches
 */
record LlavaNextProcessorConfig(
    @Nullable Integer patchSize,
    @Nullable String visionFeatureSelectStrategy,
    @Nullable String imageToken,
    @Nullable Integer numAdditionalImageTokens) {
  private static final int DEFAULT_PATCH = 14;

  /**
   * What is needed of {@code config.json}.
   *
   * @param visionConfig the tower
   */
  record Model(@Nullable VisionConfig visionConfig) {}

  String placeholder() {
    return orElse(imageToken, "<image>");
  }

  /** Older processor files lack it: then the model's own setting applies. */
  int patchSize(Model model) {
    Integer ofTower = model.visionConfig() == null ? null : model.visionConfig().patchSize();
    return positive("patch_size", patchSize == null ? ofTower : patchSize, DEFAULT_PATCH);
  }

  /** Returns the features of the whole picture beyond its patches; may be negative. */
  int extraTokens() {
    int dropped = "default".equals(visionFeatureSelectStrategy) ? 1 : 0;
    return orElse(numAdditionalImageTokens, 0) - dropped;
  }
}

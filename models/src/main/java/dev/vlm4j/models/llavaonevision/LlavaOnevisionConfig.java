package dev.vlm4j.models.llavaonevision;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.towers.VisionConfig;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the reference's {@code LlavaOnevisionProcessor}, null where the files are silent.
 *
 * @param numImageTokens features of a tile; older files lack it
 * @param visionFeatureSelectStrategy {@code default} leaves out one position of the tower
 * @param imageToken placeholder of a picture
 * @param visionAspectRatio ends with the number of tiles whose features are kept at full size
 */
record LlavaOnevisionConfig(
    @Nullable Integer numImageTokens,
    @Nullable String visionFeatureSelectStrategy,
    @Nullable String imageToken,
    @Nullable String visionAspectRatio) {
  private static final String ANYRES = "anyres_max_";
  private static final int DEFAULT_SIDE = 384;
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

  /** Returns the features of a tile; where the processor's files are silent, the tower's. */
  int tileTokens(Model model) {
    if (numImageTokens != null) {
      return positive("num_image_tokens", numImageTokens, 1);
    }
    VisionConfig tower = model.visionConfig();
    int side =
        positive("vision_config.image_size", tower == null ? null : tower.imageSize(), DEFAULT_SIDE)
            / positive(
                "vision_config.patch_size",
                tower == null ? null : tower.patchSize(),
                DEFAULT_PATCH);
    return side * side;
  }

  boolean dropsFirst() {
    return "default".equals(visionFeatureSelectStrategy);
  }

  /** Returns the number of tiles beyond which features are thinned out. */
  int fullTiles() {
    String ratio = orElse(visionAspectRatio, ANYRES + 9);
    String number = ratio.startsWith(ANYRES) ? ratio.substring(ANYRES.length()) : "";
    if (!number.matches("[1-9]\\d{0,5}")) {
      throw new VlmException(
          ErrorCode.ARCHITECTURE_UNSUPPORTED,
          "vision_aspect_ratio = " + ratio + " is not supported; supported: anyres_max_NUMBER");
    }
    return Integer.parseInt(number);
  }
}

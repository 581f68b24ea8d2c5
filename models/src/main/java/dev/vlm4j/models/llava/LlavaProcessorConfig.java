package dev.vlm4j.models.llava;

import static dev.vlm4j.models.towers.ConfigValues.orElse;

import org.jspecify.annotations.Nullable;

/**
 * The settings of the reference's {@code LlavaProcessor}, null where the files are silent.
 *
 * @param patchSize side of a patch in pixels
 * @param visionFeatureSelectStrategy {@code default} or {@code full}
 * @param imageToken placeholder of a picture
 * @param numAdditionalImageTokens positions of the tower that are no patches
 */
record LlavaProcessorConfig(
    @Nullable Integer patchSize,
    @Nullable String visionFeatureSelectStrategy,
    @Nullable String imageToken,
    @Nullable Integer numAdditionalImageTokens) {
  String placeholder() {
    return orElse(imageToken, "<image>");
  }
}

package dev.vlm4j.models.image.patches;

import dev.vlm4j.models.image.ImageSize;
import org.jspecify.annotations.Nullable;

/**
 * The fields of {@code preprocessor_config.json} that only Qwen-VL has, null where it is silent.
 *
 * @param imageProcessorType class name in the reference
 * @param size bounds of the number of pixels
 * @param minPixels lower bound; wins over {@code size}
 * @param maxPixels upper bound; wins over {@code size}
 * @param patchSize side of a patch, in pixels
 * @param temporalPatchSize how often a picture is repeated
 * @param mergeSize how many patches become one token, along each side
 */
record PatchConfig(
    @Nullable String imageProcessorType,
    @Nullable ImageSize size,
    @Nullable Integer minPixels,
    @Nullable Integer maxPixels,
    @Nullable Integer patchSize,
    @Nullable Integer temporalPatchSize,
    @Nullable Integer mergeSize) {}

package dev.vlm4j.models.idefics3;

import static dev.vlm4j.models.towers.ConfigValues.orElse;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.ImageSize;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the image processor that other families do not have, or read otherwise; null
 * where the files are silent.
 *
 * @param imageProcessorType class name in the reference
 * @param size length of the longer side, or both sides
 * @param maxImageSize side of a tile
 * @param doImageSplitting whether pictures are cut into tiles
 * @param doPad whether the mask is given
 */
record Idefics3ImageConfig(
    @Nullable String imageProcessorType,
    @Nullable ImageSize size,
    @Nullable ImageSize maxImageSize,
    @Nullable Boolean doImageSplitting,
    @Nullable Boolean doPad) {
  private static final int DEFAULT_TILE = 364;

  /** Rejects other classes. */
  Idefics3ImageConfig {
    if (imageProcessorType != null
        && !imageProcessorType.matches("(Idefics3|SmolVLM)ImageProcessor(Fast|Pil)?")) {
      throw new VlmException(
          ErrorCode.ARCHITECTURE_UNSUPPORTED,
          "the image processor '"
              + imageProcessorType
              + "' is not supported; supported: Idefics3ImageProcessor, SmolVLMImageProcessor");
    }
  }

  boolean splits() {
    return orElse(doImageSplitting, true);
  }

  boolean pads() {
    return orElse(doPad, true);
  }

  /** Returns the side of a tile in pixels. */
  int tile() {
    Integer edge =
        maxImageSize == null ? Integer.valueOf(DEFAULT_TILE) : maxImageSize.longestEdge();
    if (edge == null || edge < 1) {
      throw invalid("max_image_size needs a longest_edge of at least 1, got " + maxImageSize);
    }
    return edge;
  }

  /** Returns the size that a picture is resized to first. */
  Extent resized(Extent picture) {
    ImageSize given = size == null ? longest(4 * DEFAULT_TILE) : size.edgeAsSquare();
    int longest = orElse(given.longestEdge(), 0);
    if (longest > 0) {
      return TileSizes.longestEdge(picture, longest);
    }
    int height = orElse(given.height(), 0);
    int width = orElse(given.width(), 0);
    if (height < 1 || width < 1) {
      throw invalid("size needs longest_edge, or height and width, got " + size);
    }
    return new Extent(height, width);
  }

  private static ImageSize longest(int edge) {
    return new ImageSize(null, null, null, edge, null, null, null, null, null);
  }

  private static VlmException invalid(String problem) {
    return new VlmException(
        ErrorCode.CONFIG_INVALID, problem + "; correct preprocessor_config.json");
  }
}

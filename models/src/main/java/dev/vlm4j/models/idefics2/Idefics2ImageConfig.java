package dev.vlm4j.models.idefics2;

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
 * @param size bounds of the sides, or both sides
 * @param doImageSplitting whether a picture is also shown in four parts
 * @param doPad whether pictures of different sizes are allowed
 */
record Idefics2ImageConfig(
    @Nullable String imageProcessorType,
    @Nullable ImageSize size,
    @Nullable Boolean doImageSplitting,
    @Nullable Boolean doPad) {
  private static final ImageSize DEFAULT =
      new ImageSize(null, null, 378, 980, null, null, null, null, null);

  /** Rejects other classes. */
  Idefics2ImageConfig {
    if (imageProcessorType != null
        && !imageProcessorType.matches("Idefics2ImageProcessor(Fast|Pil)?")) {
      throw new VlmException(
          ErrorCode.ARCHITECTURE_UNSUPPORTED,
          "the image processor '"
              + imageProcessorType
              + "' is not supported; supported: Idefics2ImageProcessor");
    }
  }

  boolean splits() {
    return orElse(doImageSplitting, false);
  }

  boolean pads() {
    return orElse(doPad, true);
  }

  /** Returns the size that a picture or a part of it is resized to. */
  Extent resized(Extent picture) {
    ImageSize given = orElse(size, DEFAULT).edgeAsShortest();
    int shortest = orElse(given.shortestEdge(), 0);
    int longest = orElse(given.longestEdge(), 0);
    if (shortest > 0 && longest > 0) {
      return bounded(picture, shortest, longest);
    }
    int height = orElse(given.height(), 0);
    int width = orElse(given.width(), 0);
    if (height < 1 || width < 1) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "size needs shortest_edge and longest_edge, or height and width, got "
              + size
              + "; correct preprocessor_config.json");
    }
    return new Extent(height, width);
  }

  /** The lower bound comes last and on each side alone: it may change the shape. */
  private static Extent bounded(Extent picture, int shortest, int longest) {
    int height = picture.height();
    int width = picture.width();
    double ratio = (double) width / height;
    if (width >= height && width > longest) {
      width = longest;
      height = (int) (width / ratio);
    } else if (height > width && height > longest) {
      height = longest;
      width = (int) (height * ratio);
    }
    return new Extent(Math.max(height, shortest), Math.max(width, shortest));
  }
}

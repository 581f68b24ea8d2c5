package dev.vlm4j.models.image;

import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import java.util.function.Consumer;

/**
 * 8-bit resizing that gives the same bytes as a reference library.
 *
 * <p>Both variants shrink with a filter widened by the scale (antialiasing), in two passes with
 * rounding to 8 bits in between; they differ in the precision of the weights and in the order of
 * the passes. Stateless and safe for concurrent use.
 */
public enum Resampler {
  /**
   * torchvision's {@code resize(uint8, antialias=True)} on CPU: 16-bit weights, always horizontal
   * first. Box and Hamming do not exist there. Nearest is {@code nearest-exact}.
   */
  TORCHVISION {
    @Override
    AxisWeights weights(ResampleFilter filter, int source, int target, int from, int count) {
      return AxisWeights.sixteenBit(filter, source, target, from, count);
    }

    @Override
    int[] nearest(int source, int target) {
      return NearestIndices.exact(source, target);
    }

    @Override
    boolean verticalFirst(RgbImage image, int width, int height) {
      return false;
    }

    @Override
    void check(ResampleFilter filter) {
      if (filter == ResampleFilter.BOX || filter == ResampleFilter.HAMMING) {
        throw new VlmException(
            ErrorCode.CONFIG_INVALID,
            "The resample filter "
                + filter
                + " does not exist in the reference's default image"
                + " processors; use nearest (0), Lanczos (1), bilinear (2) or bicubic (3).");
      }
    }
  },

  /** Pillow 13's {@code Image.resize}: 22-bit weights; some shapes are resized vertically first. */
  PILLOW {
    @Override
    AxisWeights weights(ResampleFilter filter, int source, int target, int from, int count) {
      return AxisWeights.twentyTwoBit(filter, source, target, from, count);
    }

    @Override
    int[] nearest(int source, int target) {
      return NearestIndices.accumulated(source, target);
    }

    @Override
    boolean verticalFirst(RgbImage image, int width, int height) {
      long lostRows = (long) image.height() - height;
      return lostRows > 0 && lostRows > 2L * ((long) image.width() - width);
    }

    @Override
    void check(ResampleFilter filter) {}
  };

  /** Returns the resampler that image processors of a backend use. */
  static Resampler of(ImageBackend backend) {
    return switch (backend) {
      case TORCHVISION -> TORCHVISION;
      case PIL -> PILLOW;
    };
  }

  /** The largest array that every virtual machine can allocate. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

  abstract AxisWeights weights(ResampleFilter filter, int source, int target, int from, int count);

  abstract int[] nearest(int source, int target);

  abstract boolean verticalFirst(RgbImage image, int width, int height);

  abstract void check(ResampleFilter filter);

  /**
   * Resizes a picture. If the size stays the same, the picture itself comes back.
   *
   * @param image source, any size
   * @param width target pixels in a row, at least 1
   * @param height target rows, at least 1
   * @throws VlmException {@code INVALID_ARGUMENT} for a side below 1, {@code CONFIG_INVALID} for a
   *     filter that this variant lacks, {@code IMAGE_TOO_LARGE} if the result exceeds an array
   */
  public RgbImage resize(RgbImage image, int width, int height, ResampleFilter filter) {
    return resize(image, new Extent(height, width), Window.all(height, width), filter);
  }

  /** Resizes to {@code target} but computes only the pixels inside {@code window}. */
  RgbImage resize(RgbImage image, Extent target, Window window, ResampleFilter filter) {
    checkTarget(target, window);
    if (target.width() == image.width() && target.height() == image.height()) {
      return window.cut(image);
    }
    check(filter);
    if (filter == ResampleFilter.NEAREST) {
      return NearestIndices.pick(
          image,
          nearest(image.width(), target.width()),
          nearest(image.height(), target.height()),
          window);
    }
    AxisWeights columns =
        weights(filter, image.width(), target.width(), window.left(), window.width());
    AxisWeights rows =
        weights(filter, image.height(), target.height(), window.top(), window.height());
    return verticalFirst(image, target.width(), target.height())
        ? verticalThenHorizontal(image, columns, rows)
        : ResamplePass.horizontalThenVertical(image, columns, rows);
  }

  /**
   * Resizes a picture band by band: what needs the result once needs no room for all of it.
   *
   * @param rows height of a band; divides the target height
   * @param taker is shown pictures of the whole width and of one or more bands, from top to bottom,
   *     whose pixels change afterwards
   * @throws VlmException as {@link #resize(RgbImage, int, int, ResampleFilter)}
   */
  void resizeInBands(
      RgbImage image, Extent target, ResampleFilter filter, int rows, Consumer<RgbImage> taker) {
    int width = target.width();
    int height = target.height();
    boolean filtered = width != image.width() || height != image.height();
    if (!filtered || filter == ResampleFilter.NEAREST || verticalFirst(image, width, height)) {
      taker.accept(resize(image, width, height, filter));
      return;
    }
    Window band = Window.all(rows, width);
    checkTarget(target, band);
    check(filter);
    ResamplePass.horizontalThenVertical(
        image,
        weights(filter, image.width(), width, 0, width),
        weights(filter, image.height(), height, 0, height),
        new RgbImage(width, rows, new byte[rows * width * RgbImage.CHANNELS]),
        taker);
  }

  private static RgbImage verticalThenHorizontal(
      RgbImage image, AxisWeights columns, AxisWeights rows) {
    int left = columns.firstSource();
    AxisWeights read = AxisWeights.unchanged(left, columns.endSource() - left);
    RgbImage lowered = ResamplePass.horizontalThenVertical(image, read, rows);
    return ResamplePass.horizontal(lowered, columns.shifted(left), 0, lowered.height());
  }

  private static void checkTarget(Extent target, Window window) {
    if (target.width() < 1 || target.height() < 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "A picture cannot be resized to "
              + target.width()
              + " x "
              + target.height()
              + " pixels; both sides must be at least 1.");
    }
    if ((long) window.width() * window.height() * RgbImage.CHANNELS > MAX_BYTES) {
      throw new VlmException(
          ErrorCode.IMAGE_TOO_LARGE,
          "Resizing would give "
              + window.width()
              + " x "
              + window.height()
              + " pixels, more than fits in memory; crop the picture to a less extreme shape.");
    }
  }
}

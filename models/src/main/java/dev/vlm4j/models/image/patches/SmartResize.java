package dev.vlm4j.models.image.patches;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.Extent;

/**
 * The size at which a picture is shown: both sides are multiples of a factor, the number of pixels
 * lies between bounds, the shape is kept as well as possible. The library for messages and the
 * processor differ in what they do at the edges. Sources: {@code smart_resize} in <a
 * href="https://github.com/QwenLM/Qwen3-VL/blob/main/qwen-vl-utils/src/qwen_vl_utils/vision_process.py">vision_process.py</a>
 * and in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/qwen2_vl/image_processing_qwen2_vl.py">image_processing_qwen2_vl.py</a>.
 */
enum SmartResize {
  /** The image processor: a side that rounds to nothing makes the picture too small. */
  PROCESSOR(0, 1),
  /** qwen-vl-utils: a side is at least one factor before, not after, shrinking. */
  MESSAGES(1, 0);

  private static final int LARGEST_RATIO = 200;

  private final int leastRounded;
  private final int leastShrunk;

  SmartResize(int leastRounded, int leastShrunk) {
    this.leastRounded = leastRounded;
    this.leastShrunk = leastShrunk;
  }

  /**
   * Returns the size.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} if one side is more than 200 times the other, or
   *     a side would shrink to nothing; {@code IMAGE_TOO_LARGE} for sides beyond 2^31 pixels
   */
  Extent of(Extent picture, int factor, PixelBounds bounds) {
    int height = picture.height();
    int width = picture.width();
    checkRatio(height, width);
    double pixels = (double) height * width;
    double high = Math.max(leastRounded, Math.rint((double) height / factor)) * factor;
    double wide = Math.max(leastRounded, Math.rint((double) width / factor)) * factor;
    if (high * wide > bounds.max()) {
      double beta = Math.sqrt(pixels / bounds.max());
      high = Math.max(leastShrunk, Math.floor(height / beta / factor)) * factor;
      wide = Math.max(leastShrunk, Math.floor(width / beta / factor)) * factor;
    } else if (high * wide < bounds.min()) {
      double beta = Math.sqrt(bounds.min() / pixels);
      high = Math.ceil(height * beta / factor) * factor;
      wide = Math.ceil(width * beta / factor) * factor;
    }
    return extent(high, wide, picture);
  }

  private static void checkRatio(int height, int width) {
    double ratio = (double) Math.max(height, width) / Math.min(height, width);
    if (ratio > LARGEST_RATIO) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "a picture of "
              + width
              + " x "
              + height
              + " pixels is too long: one side is more than "
              + LARGEST_RATIO
              + " times the other; crop it");
    }
  }

  private static Extent extent(double height, double width, Extent picture) {
    if (height < 1 || width < 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "a picture of "
              + picture.width()
              + " x "
              + picture.height()
              + " pixels would shrink to nothing: give a larger max_pixels, or crop it");
    }
    if (height > Integer.MAX_VALUE || width > Integer.MAX_VALUE) {
      throw new VlmException(
          ErrorCode.IMAGE_TOO_LARGE,
          "a picture would be resized beyond 2^31 pixels: give a smaller min_pixels");
    }
    return new Extent((int) height, (int) width);
  }
}

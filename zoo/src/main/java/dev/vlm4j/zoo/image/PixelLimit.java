package dev.vlm4j.zoo.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;

/** Refuses pictures by the size in their header, before anything is allocated for them. */
record PixelLimit(long pixels) {
  void check(int width, int height) {
    if (width < 1 || height < 1) {
      throw new UnreadableImageException("its header gives " + width + " x " + height + " pixels");
    }
    if ((long) width * height > pixels) {
      throw new VlmException(
          ErrorCode.IMAGE_TOO_LARGE,
          "The picture has "
              + width
              + " x "
              + height
              + " pixels, the limit is "
              + pixels
              + "; shrink it or raise the limit.");
    }
  }
}

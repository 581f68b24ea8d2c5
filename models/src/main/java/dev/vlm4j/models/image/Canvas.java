package dev.vlm4j.models.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;

/** Puts a picture on a larger one of a single colour. */
final class Canvas {
  static final byte[] BLACK = {0, 0, 0};

  private Canvas() {}

  static RgbImage place(RgbImage image, Extent extent, int top, int left, byte[] background) {
    if (image.height() == extent.height() && image.width() == extent.width()) {
      return image;
    }
    byte[] data = filled(extent, background);
    int rowBytes = image.width() * RgbImage.CHANNELS;
    for (int row = 0; row < image.height(); row++) {
      int to = ((top + row) * extent.width() + left) * RgbImage.CHANNELS;
      System.arraycopy(image.data(), row * rowBytes, data, to, rowBytes);
    }
    return new RgbImage(extent.width(), extent.height(), data);
  }

  private static byte[] filled(Extent extent, byte[] colour) {
    long bytes = (long) extent.height() * extent.width() * RgbImage.CHANNELS;
    if (bytes > Integer.MAX_VALUE - 8L) {
      throw new VlmException(
          ErrorCode.IMAGE_TOO_LARGE,
          "Padding would give "
              + extent.width()
              + " x "
              + extent.height()
              + " pixels, more than fits in memory; crop the picture to a less extreme shape.");
    }
    byte[] data = new byte[(int) bytes];
    for (int i = 0; i < data.length; i += RgbImage.CHANNELS) {
      System.arraycopy(colour, 0, data, i, RgbImage.CHANNELS);
    }
    return data;
  }
}

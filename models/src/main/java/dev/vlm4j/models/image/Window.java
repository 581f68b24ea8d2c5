package dev.vlm4j.models.image;

import dev.vlm4j.spi.RgbImage;

/**
 * The part of a picture that is wanted, inside of it.
 *
 * @param top first row
 * @param left first pixel of a row
 * @param height number of rows
 * @param width number of pixels of a row
 */
public record Window(int top, int left, int height, int width) {
  static Window all(int height, int width) {
    return new Window(0, 0, height, width);
  }

  /** Returns the part as a picture; the picture itself if the part is all of it. */
  public RgbImage cut(RgbImage image) {
    if (equals(all(image.height(), image.width()))) {
      return image;
    }
    int rowBytes = width * RgbImage.CHANNELS;
    byte[] part = new byte[height * rowBytes];
    for (int row = 0; row < height; row++) {
      int from = ((top + row) * image.width() + left) * RgbImage.CHANNELS;
      System.arraycopy(image.data(), from, part, row * rowBytes, rowBytes);
    }
    return new RgbImage(width, height, part);
  }
}

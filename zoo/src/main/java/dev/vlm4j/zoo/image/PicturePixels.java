package dev.vlm4j.zoo.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;

/** Takes the pixels of a picture in memory, with the values that the same picture in a file has. */
final class PicturePixels {
  private static final int RGB_MASK = 0xFF;
  private static final int DEEP = 16;

  private PicturePixels() {}

  static RgbImage of(BufferedImage image) {
    try {
      return isStored(image) ? stored(image) : converted(image);
    } catch (ArithmeticException | OutOfMemoryError e) {
      throw new VlmException(
          ErrorCode.IMAGE_TOO_LARGE,
          "the picture of " + image.getWidth() + " x " + image.getHeight() + " pixels is too large",
          e);
    }
  }

  /**
   * Whether the samples are gray levels, colours or numbers in a palette as they stand. Java's own
   * conversion changes gray levels, because it takes them for linear.
   */
  private static boolean isStored(BufferedImage image) {
    ColorModel colours = image.getColorModel();
    int type = colours.getColorSpace().getType();
    int samples = image.getRaster().getTransferType();
    return !image.isAlphaPremultiplied()
        && (samples == DataBuffer.TYPE_BYTE
            || samples == DataBuffer.TYPE_USHORT
            || samples == DataBuffer.TYPE_INT)
        && image.getRaster().getSampleModel().getSampleSize(0) <= DEEP
        && (colours instanceof IndexColorModel
            || type == ColorSpace.TYPE_GRAY
            || type == ColorSpace.TYPE_RGB);
  }

  private static RgbImage stored(BufferedImage image) {
    boolean deepGray =
        image.getRaster().getNumBands() == 1
            && image.getRaster().getSampleModel().getSampleSize(0) == DEEP;
    return new StoredSamples(image, deepGray, new int[0]).toRgb();
  }

  private static RgbImage converted(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] data = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        data[at++] = (byte) (argb >> 16 & RGB_MASK);
        data[at++] = (byte) (argb >> 8 & RGB_MASK);
        data[at++] = (byte) (argb & RGB_MASK);
      }
    }
    return new RgbImage(width, height, data);
  }
}

package dev.vlm4j.models.image;

import dev.vlm4j.spi.RgbImage;
import java.util.List;

/**
 * Pads the shorter side on both ends until the picture is square (the odd row or column goes to the
 * bottom or the right).
 *
 * @param red background, 0..255
 * @param green background, 0..255
 * @param blue background, 0..255
 */
public record PadToSquare(int red, int green, int blue) {
  /** Takes the normalisation's mean as background, truncated to 8 bits. */
  static PadToSquare ofMean(List<Double> mean) {
    return new PadToSquare(level(mean.get(0)), level(mean.get(1)), level(mean.get(2)));
  }

  private static int level(double mean) {
    return (int) (mean * 255);
  }

  /** Returns the square; the picture itself if it is one. */
  public RgbImage apply(RgbImage image) {
    int side = Math.max(image.height(), image.width());
    int top = (side - image.height()) / 2;
    int left = (side - image.width()) / 2;
    byte[] background = {(byte) red, (byte) green, (byte) blue};
    return Canvas.place(image, new Extent(side, side), top, left, background);
  }
}

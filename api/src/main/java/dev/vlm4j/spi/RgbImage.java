package dev.vlm4j.spi;

/**
 * A decoded picture: row-major, interleaved R, G, B, 8 bits a channel.
 *
 * <p>The array is not copied, neither in nor out; whoever shares a picture between threads must not
 * write to it. Two pictures are equal only if they are the same object.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param data {@code height * width * 3} bytes, each read as unsigned (0..255)
 */
public record RgbImage(int width, int height, byte[] data) {
  /** Bytes of one pixel. */
  public static final int CHANNELS = 3;

  /**
   * Checks that the sizes agree.
   *
   * @throws IllegalArgumentException if a side is below 1 or {@code data} has another length than
   *     {@code height * width * 3}
   */
  public RgbImage {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "A picture needs at least 1 x 1 pixels, got " + width + " x " + height + ".");
    }
    if (data.length != (long) width * height * CHANNELS) {
      throw new IllegalArgumentException(
          "A picture of "
              + width
              + " x "
              + height
              + " pixels has "
              + (long) width * height * CHANNELS
              + " bytes, got "
              + data.length
              + ".");
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "RgbImage[" + width + " x " + height + "]";
  }
}

package dev.vlm4j.zoo.image;

import dev.vlm4j.spi.RgbImage;

/**
 * From luminance and two colour differences to RGB, rounded as by libjpeg. Everything is tabulated,
 * clipping too, which takes less than half of the time of computing it.
 */
final class JpegYcc {
  private static final int CHANNELS = RgbImage.CHANNELS;
  private static final int LEVELS = 256;
  private static final int MIDDLE = 128;
  private static final int FRACTION = 16;
  private static final int HALF = 1 << (FRACTION - 1);

  /** What every index of {@link #CLIPPED} is too high by; no colour is so much below zero. */
  private static final int BELOW = 384;

  private static final byte[] CLIPPED = new byte[1024];
  private static final int INDEX = CLIPPED.length - 1;
  private static final int[] RED_OF_CR = rounded(1.40200);
  private static final int[] BLUE_OF_CB = rounded(1.77200);
  private static final int[] GREEN_OF_CR = products(-0.71414, 0);
  private static final int[] GREEN_OF_CB = products(-0.34414, (BELOW << FRACTION) + HALF);

  static {
    for (int i = 0; i < CLIPPED.length; i++) {
      CLIPPED[i] = (byte) Math.max(0, Math.min(LEVELS - 1, i - BELOW));
    }
  }

  private JpegYcc() {}

  private static int[] products(double factor, int added) {
    int fixed = (int) (Math.abs(factor) * (1 << FRACTION) + 0.5) * (factor < 0 ? -1 : 1);
    int[] table = new int[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      table[i] = fixed * (i - MIDDLE) + added;
    }
    return table;
  }

  private static int[] rounded(double factor) {
    int[] table = products(factor, (BELOW << FRACTION) + HALF);
    for (int i = 0; i < LEVELS; i++) {
      table[i] >>= FRACTION;
    }
    return table;
  }

  /**
   * Converts pixels of three samples, in their array. A method of its own, because the compiler
   * makes much faster code for a step that it knows.
   */
  static void convert(byte[] samples) {
    for (int at = 0; at < samples.length - 2; at += CHANNELS) {
      convertPixel(samples, at);
    }
  }

  /** Converts the first three of the samples of each pixel, in their array. */
  static void convert(byte[] samples, int bands) {
    for (int at = 0; at < samples.length - 2; at += bands) {
      convertPixel(samples, at);
    }
  }

  private static void convertPixel(byte[] samples, int at) {
    int y = samples[at] & 0xFF;
    int cb = samples[at + 1] & 0xFF;
    int cr = samples[at + 2] & 0xFF;
    samples[at] = CLIPPED[y + RED_OF_CR[cr] & INDEX];
    samples[at + 1] = CLIPPED[y + ((GREEN_OF_CB[cb] + GREEN_OF_CR[cr]) >> FRACTION) & INDEX];
    samples[at + 2] = CLIPPED[y + BLUE_OF_CB[cb] & INDEX];
  }
}

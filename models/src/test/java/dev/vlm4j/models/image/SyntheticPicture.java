package dev.vlm4j.models.image;

import dev.vlm4j.spi.RgbImage;

/** Pictures by formula, the same as {@code picture} in {@code image_goldens.py}. */
public final class SyntheticPicture {
  private SyntheticPicture() {}

  /** Seeds 0, 3, 6.. give noise, 1, 4, 7.. slopes, 2, 5, 8.. a black and white pattern. */
  public static RgbImage of(int seed, int width, int height) {
    byte[] data = new byte[width * height * RgbImage.CHANNELS];
    int i = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < RgbImage.CHANNELS; c++, i++) {
          data[i] = (byte) value(seed, i, x, y, c);
        }
      }
    }
    return new RgbImage(width, height, data);
  }

  private static int value(int seed, int index, int x, int y, int c) {
    return switch (seed % 3) {
      case 0 -> noise(seed, index);
      case 1 -> x * 7 + y * 3 + c * 40 + seed;
      default -> (x / (1 + seed % 5) + y / (1 + seed % 7) + c) % 2 * 255;
    };
  }

  private static int noise(int seed, int index) {
    int v = index * 0x9E3779B1 + seed * 40503;
    v ^= v >>> 15;
    v *= 0x85EBCA77;
    v ^= v >>> 13;
    return v & 0xFF;
  }
}

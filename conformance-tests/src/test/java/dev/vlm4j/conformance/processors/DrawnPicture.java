package dev.vlm4j.conformance.processors;

import java.awt.image.BufferedImage;

/**
 * A picture by formula, the same as {@code drawn} in {@code processor_pictures.py}: cells of noise
 * and cells of slopes, in turn.
 */
final class DrawnPicture {
  private static final int CELL = 16;

  private DrawnPicture() {}

  static BufferedImage of(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean noisy = (x / CELL + y / CELL) % 2 == 1;
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          int value = noisy ? noise((y * width + x) * 3 + c) : x * 7 + y * 3 + c * 40;
          rgb = rgb << 8 | value & 0xFF;
        }
        row[x] = rgb;
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  private static int noise(int index) {
    int v = index * 0x9E3779B1;
    v ^= v >>> 15;
    v *= 0x85EBCA77;
    return v ^ v >>> 13;
  }
}

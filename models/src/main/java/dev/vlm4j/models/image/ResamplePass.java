package dev.vlm4j.models.image;

import dev.vlm4j.spi.RgbImage;
import java.util.Arrays;

/** The two one-dimensional passes over interleaved bytes. */
final class ResamplePass {
  private static final int CHANNELS = RgbImage.CHANNELS;

  private ResamplePass() {}

  /** Filters along the rows {@code top .. top + height - 1}; the others are left out. */
  static RgbImage horizontal(RgbImage image, AxisWeights weights, int top, int height) {
    int width = weights.count();
    if (weights.identity()) {
      return new Window(top, weights.first(0), height, width).cut(image);
    }
    byte[] target = new byte[Math.multiplyExact(Math.multiplyExact(width, height), CHANNELS)];
    for (int row = 0; row < height; row++) {
      int source = (top + row) * image.width() * CHANNELS;
      filterRow(image.data(), source, weights, target, row * width * CHANNELS);
    }
    return new RgbImage(width, height, target);
  }

  private static void filterRow(
      byte[] source, int sourceRow, AxisWeights weights, byte[] target, int targetRow) {
    int[] values = weights.values();
    int precision = weights.precision();
    int half = 1 << (precision - 1);
    int out = targetRow;
    for (int x = 0; x < weights.count(); x++) {
      int red = half;
      int green = half;
      int blue = half;
      int in = sourceRow + weights.first(x) * CHANNELS;
      int tap = x * weights.stride();
      for (int end = tap + weights.length(x); tap < end; tap++) {
        int weight = values[tap];
        red += weight * (source[in] & 0xFF);
        green += weight * (source[in + 1] & 0xFF);
        blue += weight * (source[in + 2] & 0xFF);
        in += CHANNELS;
      }
      target[out++] = (byte) clip(red >> precision);
      target[out++] = (byte) clip(green >> precision);
      target[out++] = (byte) clip(blue >> precision);
    }
  }

  /** Filters along the rows, then along the columns, without a picture in between. */
  static RgbImage horizontalThenVertical(RgbImage image, AxisWeights columns, AxisWeights rows) {
    int width = columns.count();
    int height = rows.count();
    int rowBytes = Math.multiplyExact(width, CHANNELS);
    byte[] target = new byte[Math.multiplyExact(rowBytes, height)];
    NarrowedRows narrowed = new NarrowedRows(image, columns, rows.firstSource(), rows.longest());
    int[] sums = new int[rowBytes];
    for (int y = 0; y < height; y++) {
      if (rows.identity()) {
        storeRow(narrowed.row(rows.first(y)), 0, target, y * rowBytes);
        continue;
      }
      Arrays.fill(sums, 1 << (rows.precision() - 1));
      for (int j = 0; j < rows.length(y); j++) {
        addRow(narrowed.row(rows.first(y) + j), rows.values()[y * rows.stride() + j], sums);
      }
      storeRow(sums, rows.precision(), target, y * rowBytes);
    }
    return new RgbImage(width, height, target);
  }

  private static void addRow(int[] source, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * source[i];
    }
  }

  /** Filters along the columns {@code left .. left + width - 1}; the others are left out. */
  static RgbImage vertical(RgbImage image, AxisWeights weights, int left, int width) {
    int height = weights.count();
    if (weights.identity()) {
      return new Window(weights.first(0), left, height, width).cut(image);
    }
    int rowBytes = Math.multiplyExact(width, CHANNELS);
    byte[] target = new byte[Math.multiplyExact(rowBytes, height)];
    int[] sums = new int[rowBytes];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 1 << (weights.precision() - 1));
      for (int j = 0; j < weights.length(y); j++) {
        int source = ((weights.first(y) + j) * image.width() + left) * CHANNELS;
        addRow(image.data(), source, weights.values()[y * weights.stride() + j], sums);
      }
      storeRow(sums, weights.precision(), target, y * rowBytes);
    }
    return new RgbImage(width, height, target);
  }

  private static void addRow(byte[] source, int offset, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * (source[offset + i] & 0xFF);
    }
  }

  private static void storeRow(int[] sums, int precision, byte[] target, int offset) {
    for (int i = 0; i < sums.length; i++) {
      target[offset + i] = (byte) clip(sums[i] >> precision);
    }
  }

  static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}

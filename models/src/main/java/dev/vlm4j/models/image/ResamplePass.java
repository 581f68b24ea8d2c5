package dev.vlm4j.models.image;

import dev.vlm4j.spi.RgbImage;
import java.util.Arrays;

/** The two one-dimensional passes over interleaved bytes. */
final class ResamplePass {
  private static final int CHANNELS = RgbImage.CHANNELS;
  private static final int FEW = 4;

  private ResamplePass() {}

  /** Filters along the rows {@code top .. top + height - 1}; the others are left out. */
  static RgbImage horizontal(RgbImage image, AxisWeights weights, int top, int height) {
    int width = weights.count();
    if (weights.identity()) {
      return new Window(top, weights.first(0), height, width).cut(image);
    }
    byte[] target = new byte[Math.multiplyExact(Math.multiplyExact(width, height), CHANNELS)];
    NarrowedRows narrowed = new NarrowedRows(image, weights, top, 1);
    for (int row = 0; row < height; row++) {
      storeRow(narrowed.row(top + row), target, row * width * CHANNELS);
    }
    return new RgbImage(width, height, target);
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
        storeRow(narrowed.row(rows.first(y)), target, y * rowBytes);
        continue;
      }
      sum(narrowed, rows, y, sums);
      storeRow(sums, target, y * rowBytes);
    }
    return new RgbImage(width, height, target);
  }

  private static void sum(NarrowedRows narrowed, AxisWeights rows, int y, int[] sums) {
    Arrays.fill(sums, 1 << (rows.precision() - 1));
    int[] values = rows.values();
    int tap = y * rows.stride();
    int row = rows.first(y);
    int end = row + rows.length(y);
    for (; row + FEW <= end; row += FEW, tap += FEW) {
      int[] a = narrowed.row(row);
      int[] b = narrowed.row(row + 1);
      int[] c = narrowed.row(row + 2);
      int[] d = narrowed.row(row + 3);
      addRows(a, values[tap], b, values[tap + 1], c, values[tap + 2], d, values[tap + 3], sums);
    }
    for (; row < end; row++, tap++) {
      addRow(narrowed.row(row), values[tap], sums);
    }
    shiftRow(sums, rows.precision());
  }

  /** Four at a time, because reading and writing the sums costs more than adding to them. */
  private static void addRows(
      int[] a, int ofA, int[] b, int ofB, int[] c, int ofC, int[] d, int ofD, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += ofA * a[i] + ofB * b[i] + ofC * c[i] + ofD * d[i];
    }
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
      shiftRow(sums, weights.precision());
      storeRow(sums, target, y * rowBytes);
    }
    return new RgbImage(width, height, target);
  }

  private static void addRow(byte[] source, int offset, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * (source[offset + i] & 0xFF);
    }
  }

  /** A loop of its own, because one that also narrows to bytes would not be vectorised. */
  private static void shiftRow(int[] sums, int precision) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = clip(sums[i] >> precision);
    }
  }

  private static void storeRow(int[] levels, byte[] target, int offset) {
    for (int i = 0; i < levels.length; i++) {
      target[offset + i] = (byte) levels[i];
    }
  }

  /** Returns the nearest of 0..255, by bits: comparisons would keep loops from being vectorised. */
  static int clip(int value) {
    int notAbove = value | (255 - value) >> 31;
    return notAbove & ~(value >> 31) & 255;
  }
}

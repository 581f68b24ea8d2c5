package dev.vlm4j.models.image;

import dev.vlm4j.spi.RgbImage;
import java.util.Arrays;
import java.util.function.Consumer;

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
    NarrowedRows narrowed = new NarrowedRows(image, weights, top, top + height, 1);
    for (int row = 0; row < height; row++) {
      int[][] ring = narrowed.upTo(top + row);
      storeRow(ring[(top + row) % ring.length], target, row * width * CHANNELS);
    }
    return new RgbImage(width, height, target);
  }

  /** Filters along the rows, then along the columns, without a picture in between. */
  static RgbImage horizontalThenVertical(RgbImage image, AxisWeights columns, AxisWeights rows) {
    byte[] target =
        new byte[Math.multiplyExact(Math.multiplyExact(columns.count(), CHANNELS), rows.count())];
    RgbImage result = new RgbImage(columns.count(), rows.count(), target);
    horizontalThenVertical(image, columns, rows, result, whole -> {});
    return result;
  }

  /**
   * Does it band by band.
   *
   * @param band holds one band after the other; its height divides that of the result
   * @param taker is shown the band when it is filled
   */
  static void horizontalThenVertical(
      RgbImage image,
      AxisWeights columns,
      AxisWeights rows,
      RgbImage band,
      Consumer<RgbImage> taker) {
    NarrowedRows narrowed =
        new NarrowedRows(image, columns, rows.firstSource(), rows.endSource(), rows.longest());
    int[] sums = new int[columns.count() * CHANNELS];
    for (int y = 0; y < rows.count(); y++) {
      int[][] ring = narrowed.upTo(rows.first(y) + rows.length(y) - 1);
      int filled = y % band.height();
      if (rows.identity()) {
        storeRow(ring[rows.first(y) % ring.length], band.data(), filled * sums.length);
      } else {
        sum(ring, rows, y, sums);
        storeRow(sums, band.data(), filled * sums.length);
      }
      if (filled == band.height() - 1) {
        taker.accept(band);
      }
    }
  }

  /**
   * Computes one position of a filtered axis.
   *
   * @param ring the lines across the axis; line {@code i} has place {@code i % ring.length}
   * @param sums takes the levels, 0..255
   */
  static void sum(int[][] ring, AxisWeights weights, int position, int[] sums) {
    Arrays.fill(sums, 1 << (weights.precision() - 1));
    int[] values = weights.values();
    int tap = position * weights.stride();
    int line = weights.first(position);
    int end = line + weights.length(position);
    for (; line + FEW <= end; line += FEW, tap += FEW) {
      int[] a = ring[line % ring.length];
      int[] b = ring[(line + 1) % ring.length];
      int[] c = ring[(line + 2) % ring.length];
      int[] d = ring[(line + 3) % ring.length];
      addLines(a, values[tap], b, values[tap + 1], c, values[tap + 2], d, values[tap + 3], sums);
    }
    for (; line < end; line++, tap++) {
      addLine(ring[line % ring.length], values[tap], sums);
    }
    shiftLine(sums, weights.precision());
  }

  /** Four at a time, because reading and writing the sums costs more than adding to them. */
  private static void addLines(
      int[] a, int ofA, int[] b, int ofB, int[] c, int ofC, int[] d, int ofD, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += ofA * a[i] + ofB * b[i] + ofC * c[i] + ofD * d[i];
    }
  }

  private static void addLine(int[] source, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * source[i];
    }
  }

  /** A loop of its own, because one that also narrows to bytes would not be vectorised. */
  private static void shiftLine(int[] sums, int precision) {
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

package dev.vlm4j.models.image;

import dev.vlm4j.spi.RgbImage;

/**
 * The horizontal pass row by row, in order. Rows stay only as long as the vertical pass reads them,
 * and stay as ints, because the compiler turns sums of products of ints into vector instructions
 * and those of bytes not.
 */
final class NarrowedRows {
  private static final int CHANNELS = RgbImage.CHANNELS;

  private final RgbImage image;
  private final AxisWeights columns;
  private final int[][] kept;
  private int next;

  /**
   * Starts a pass.
   *
   * @param first the first row of the picture that is read
   * @param most how many rows are read together
   */
  NarrowedRows(RgbImage image, AxisWeights columns, int first, int most) {
    this.image = image;
    this.columns = columns;
    this.kept = new int[most][Math.multiplyExact(columns.count(), CHANNELS)];
    this.next = first;
  }

  /**
   * Returns a row of the picture, 0..255; it must be one of the last {@code most} or a later one.
   */
  int[] row(int source) {
    while (next <= source) {
      fill(kept[next % kept.length], next * image.width() * CHANNELS);
      next++;
    }
    return kept[source % kept.length];
  }

  private void fill(int[] target, int sourceRow) {
    if (columns.identity()) {
      int from = sourceRow + columns.first(0) * CHANNELS;
      for (int i = 0; i < target.length; i++) {
        target[i] = image.data()[from + i] & 0xFF;
      }
    } else {
      filter(image.data(), sourceRow, target);
    }
  }

  private void filter(byte[] source, int sourceRow, int[] target) {
    int[] values = columns.values();
    int precision = columns.precision();
    int half = 1 << (precision - 1);
    int out = 0;
    for (int x = 0; x < columns.count(); x++) {
      int red = half;
      int green = half;
      int blue = half;
      int in = sourceRow + columns.first(x) * CHANNELS;
      int tap = x * columns.stride();
      for (int end = tap + columns.length(x); tap < end; tap++) {
        int weight = values[tap];
        red += weight * (source[in] & 0xFF);
        green += weight * (source[in + 1] & 0xFF);
        blue += weight * (source[in + 2] & 0xFF);
        in += CHANNELS;
      }
      target[out++] = ResamplePass.clip(red >> precision);
      target[out++] = ResamplePass.clip(green >> precision);
      target[out++] = ResamplePass.clip(blue >> precision);
    }
  }
}

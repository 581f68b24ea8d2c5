package dev.vlm4j.models.image;

import dev.vlm4j.spi.RgbImage;

/**
 * The horizontal pass row by row, in order. Rows stay only as long as the vertical pass reads them,
 * and stay as ints, because the compiler turns sums of products of ints into vector instructions
 * and those of bytes not.
 */
final class NarrowedRows {
  private static final int CHANNELS = RgbImage.CHANNELS;
  private static final int FEW = 4;

  private final RgbImage image;
  private final AxisWeights columns;
  private final int[][] kept;
  private final int ofFew;
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
    this.ofFew = columns.stride() < FEW || columns.longest() > FEW ? 0 : ofFew(image.width());
    this.next = first;
  }

  /** Counts the pixels that are sums of few others, none of them beyond the end of the row. */
  private int ofFew(int width) {
    int count = 0;
    while (count < columns.count() && columns.first(count) + FEW <= width) {
      count++;
    }
    return count;
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
      addFew(image.data(), sourceRow, target);
      addAll(image.data(), sourceRow, target);
    }
  }

  /** Without a loop over the weights, of which those that a pixel does not have are zero. */
  private void addFew(byte[] source, int sourceRow, int[] target) {
    int[] values = columns.values();
    int precision = columns.precision();
    int half = 1 << (precision - 1);
    for (int x = 0; x < ofFew; x++) {
      int in = sourceRow + columns.first(x) * CHANNELS;
      int tap = x * columns.stride();
      int a = values[tap];
      int b = values[tap + 1];
      int c = values[tap + 2];
      int d = values[tap + 3];
      for (int channel = 0; channel < CHANNELS; channel++) {
        int sum =
            half
                + a * (source[in + channel] & 0xFF)
                + b * (source[in + channel + CHANNELS] & 0xFF)
                + c * (source[in + channel + 2 * CHANNELS] & 0xFF)
                + d * (source[in + channel + 3 * CHANNELS] & 0xFF);
        target[x * CHANNELS + channel] = ResamplePass.clip(sum >> precision);
      }
    }
  }

  private void addAll(byte[] source, int sourceRow, int[] target) {
    int[] values = columns.values();
    int precision = columns.precision();
    int half = 1 << (precision - 1);
    int out = ofFew * CHANNELS;
    for (int x = ofFew; x < columns.count(); x++) {
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
      target[out++] = limited(red >> precision);
      target[out++] = limited(green >> precision);
      target[out++] = limited(blue >> precision);
    }
  }

  /** By comparisons, whose outcome is nearly always the same and costs nothing here. */
  private static int limited(int value) {
    return Math.max(0, Math.min(255, value));
  }
}

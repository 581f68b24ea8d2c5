package dev.vlm4j.models.image;

import dev.vlm4j.spi.RgbImage;

/**
 * One column of a few rows of a picture, channel by channel: all its values get the same weight of
 * a horizontal filter, so that a column is added with vector instructions.
 */
final class TurnedColumn {
  /** Rows of a column: enough for vectors, few enough for the columns to stay in the cache. */
  static final int ROWS = 32;

  /** Values of a column. */
  static final int LENGTH = ROWS * RgbImage.CHANNELS;

  private TurnedColumn() {}

  /** Reads the levels of {@code rows} rows from {@code top} on; what follows them is left. */
  static void read(RgbImage image, int column, int top, int rows, int[] target) {
    byte[] data = image.data();
    int stride = image.width() * RgbImage.CHANNELS;
    int in = top * stride + column * RgbImage.CHANNELS;
    for (int row = 0; row < rows; row++, in += stride) {
      target[row] = data[in] & 0xFF;
      target[ROWS + row] = data[in + 1] & 0xFF;
      target[2 * ROWS + row] = data[in + 2] & 0xFF;
    }
  }

  /** Writes one row of the first columns to an interleaved row, from pixel {@code x} on. */
  static void writeRow(int[][] columns, int count, int row, int[] target, int x) {
    int out = x * RgbImage.CHANNELS;
    for (int i = 0; i < count; i++, out += RgbImage.CHANNELS) {
      int[] column = columns[i];
      target[out] = column[row];
      target[out + 1] = column[ROWS + row];
      target[out + 2] = column[2 * ROWS + row];
    }
  }
}

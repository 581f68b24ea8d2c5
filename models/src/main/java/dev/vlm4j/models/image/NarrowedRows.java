package dev.vlm4j.models.image;

import dev.vlm4j.spi.RgbImage;

/**
 * The horizontal pass, in order, a few rows at a time. Rows stay only as long as the vertical pass
 * reads them, and stay as ints, because the compiler turns sums of products of ints into vector
 * instructions and those of bytes not.
 */
final class NarrowedRows {
  private static final int CHANNELS = RgbImage.CHANNELS;

  /** Pixels of a row that are written one after the other: each row is in a page of its own. */
  private static final int TOGETHER = 32;

  private final RgbImage image;
  private final AxisWeights columns;
  private final int end;
  private final int[][] kept;
  private final int[][] turned;
  private final int[][] filtered = new int[TOGETHER][TurnedColumn.LENGTH];
  private int next;

  /**
   * Starts a pass over the rows {@code first .. end - 1} of a picture.
   *
   * @param most how many rows are read together
   */
  NarrowedRows(RgbImage image, AxisWeights columns, int first, int end, int most) {
    this.image = image;
    this.columns = columns;
    this.end = end;
    this.kept =
        new int[most + TurnedColumn.ROWS - 1][Math.multiplyExact(columns.count(), CHANNELS)];
    this.turned = new int[columns.identity() ? 0 : columns.longest()][TurnedColumn.LENGTH];
    this.next = first;
  }

  /**
   * Returns a ring that holds the last {@code most} rows up to this one: row {@code i} of the
   * picture, levels 0..255, has place {@code i % length}. Rows must be asked for in order.
   */
  int[][] upTo(int row) {
    while (next <= row) {
      int rows = Math.min(TurnedColumn.ROWS, end - next);
      if (columns.identity()) {
        copy(rows);
      } else {
        filter(rows);
      }
      next += rows;
    }
    return kept;
  }

  private int[] kept(int row) {
    return kept[row % kept.length];
  }

  private void copy(int rows) {
    byte[] data = image.data();
    for (int row = next; row < next + rows; row++) {
      int[] target = kept(row);
      int from = (row * image.width() + columns.first(0)) * CHANNELS;
      for (int i = 0; i < target.length; i++) {
        target[i] = data[from + i] & 0xFF;
      }
    }
  }

  private void filter(int rows) {
    int ready = 0;
    for (int from = 0; from < columns.count(); from += filtered.length) {
      int pixels = Math.min(filtered.length, columns.count() - from);
      for (int x = from; x < from + pixels; x++) {
        int last = columns.first(x) + columns.length(x);
        for (ready = Math.max(ready, columns.first(x)); ready < last; ready++) {
          TurnedColumn.read(image, ready, next, rows, turned[ready % turned.length]);
        }
        ResamplePass.sum(turned, columns, x, filtered[x - from]);
      }
      for (int row = 0; row < rows; row++) {
        TurnedColumn.writeRow(filtered, pixels, row, kept(next + row), from);
      }
    }
  }
}

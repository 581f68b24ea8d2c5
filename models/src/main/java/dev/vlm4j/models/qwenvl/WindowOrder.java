package dev.vlm4j.models.qwenvl;

import dev.vlm4j.models.image.patches.PatchGrid;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which a tower with windows reads a picture: window by window. Source: {@code
 * get_vision_window_index} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/qwen2_5_vl/modeling_qwen2_5_vl.py">modeling_qwen2_5_vl.py</a>.
 *
 * @param squares numbers of the squares of patches in the new order
 * @param lengths patches of every window
 * @param mergedPatches patches of a square
 */
record WindowOrder(int[] squares, List<Integer> lengths, int mergedPatches) {
  /**
   * Orders a picture.
   *
   * @param side of a window, in squares
   */
  static WindowOrder of(PatchGrid grid, int side) {
    int height = grid.height() / grid.merge();
    int width = grid.width() / grid.merge();
    int merged = grid.merge() * grid.merge();
    int[] squares = new int[height * width];
    List<Integer> lengths = new ArrayList<>();
    int count = 0;
    for (int top = 0; top < height; top += side) {
      for (int left = 0; left < width; left += side) {
        int before = count;
        for (int y = top; y < Math.min(top + side, height); y++) {
          for (int x = left; x < Math.min(left + side, width); x++) {
            squares[count++] = y * width + x;
          }
        }
        lengths.add((count - before) * merged);
      }
    }
    return new WindowOrder(squares, lengths, merged);
  }

  int patches() {
    return squares.length * mergedPatches;
  }

  /** Returns where every square has gone. */
  int[] places() {
    int[] places = new int[squares.length];
    for (int i = 0; i < squares.length; i++) {
      places[squares[i]] = i;
    }
    return places;
  }

  /** Returns one number per patch in the new order. */
  int[] ordered(int[] perPatch) {
    int[] ordered = new int[perPatch.length];
    for (int i = 0; i < squares.length; i++) {
      int from = squares[i] * mergedPatches;
      System.arraycopy(perPatch, from, ordered, i * mergedPatches, mergedPatches);
    }
    return ordered;
  }

  /** Returns the rows of the patches in the new order. */
  float[] ordered(float[] rows) {
    float[] ordered = new float[rows.length];
    int square = rows.length / squares.length;
    for (int i = 0; i < squares.length; i++) {
      System.arraycopy(rows, squares[i] * square, ordered, i * square, square);
    }
    return ordered;
  }
}

package dev.vlm4j.backend.reference;

import dev.vlm4j.graph.State;
import dev.vlm4j.spi.Tensor;
import java.util.HashSet;
import java.util.Set;

/** The contents of one state: per row an array {@code [heads, capacity, headDim]}. */
final class ReferenceCache {
  private final State state;
  private final int capacity;
  private float[][] rows;

  ReferenceCache(State state, int rowCount, int capacity) {
    this.state = state;
    this.capacity = capacity;
    this.rows = new float[rowCount][state.heads() * capacity * state.headDim()];
  }

  /** Writes {@code [rows, new, heads, headDim]} behind the first {@code lengths[row]} positions. */
  void write(Tensor x, int[] lengths) {
    int added = (int) x.size(1);
    int dim = state.headDim();
    int from = 0;
    for (int row = 0; row < rows.length; row++) {
      for (int position = lengths[row]; position < lengths[row] + added; position++) {
        for (int head = 0; head < state.heads(); head++, from += dim) {
          System.arraycopy(x.floats(), from, rows[row], offset(head, position), dim);
        }
      }
    }
  }

  /**
   * Returns the first {@code length} positions of all rows: {@code [rows, heads, length, headDim]}.
   */
  Tensor read(int length) {
    int block = length * state.headDim();
    float[] all = new float[rows.length * state.heads() * block];
    int to = 0;
    for (float[] row : rows) {
      for (int head = 0; head < state.heads(); head++, to += block) {
        System.arraycopy(row, offset(head, 0), all, to, block);
      }
    }
    return Tensor.of(all, rows.length, state.heads(), length, state.headDim());
  }

  /** The first copy of a row is the row itself. */
  void reorder(int[] sources) {
    float[][] former = rows;
    rows = new float[sources.length][];
    Set<Integer> taken = new HashSet<>();
    for (int row = 0; row < rows.length; row++) {
      float[] source = former[sources[row]];
      rows[row] = taken.add(sources[row]) ? source : source.clone();
    }
  }

  private int offset(int head, int position) {
    return (head * capacity + position) * state.headDim();
  }
}

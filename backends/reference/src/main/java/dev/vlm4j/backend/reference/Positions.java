package dev.vlm4j.backend.reference;

import java.util.Arrays;

/**
 * Tables that say for every element of a result at which position of a row-major operand it lies.
 */
final class Positions {
  private Positions() {}

  static int count(long[] sizes) {
    return Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
  }

  /** Returns how far apart neighbours along each axis are. */
  static long[] strides(long[] sizes) {
    long[] strides = new long[sizes.length];
    long stride = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= sizes[axis];
    }
    return strides;
  }

  /** Returns {@code start + sum of index * stride} for every index of the sizes, row-major. */
  static int[] strided(long[] sizes, long[] strides, long start) {
    int[] table = {Math.toIntExact(start)};
    for (int axis = 0; axis < sizes.length; axis++) {
      table = append(table, (int) sizes[axis], (int) strides[axis]);
    }
    return table;
  }

  private static int[] append(int[] outer, int size, int stride) {
    int[] table = new int[outer.length * size];
    int next = 0;
    for (int start : outer) {
      for (int i = 0; i < size; i++) {
        table[next++] = start + i * stride;
      }
    }
    return table;
  }

  /** Returns where an operand that repeats axes of length one has the elements of the result. */
  static int[] broadcast(long[] operand, long[] result) {
    long[] strides = new long[result.length];
    long[] own = strides(operand);
    int added = result.length - operand.length;
    for (int axis = 0; axis < operand.length; axis++) {
      if (operand[axis] == result[axis + added]) {
        strides[axis + added] = own[axis];
      } else if (operand[axis] != 1) {
        throw mismatch(operand, result);
      }
    }
    return strided(result, strides, 0);
  }

  /** Returns the sizes of a result of two operands, with NumPy's rules. */
  static long[] broadcastSizes(long[] a, long[] b) {
    int rank = Math.max(a.length, b.length);
    long[] sizes = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      long left = fromEnd(a, rank - axis);
      long right = fromEnd(b, rank - axis);
      if (left != right && left != 1 && right != 1) {
        throw mismatch(a, b);
      }
      sizes[axis] = left == 1 ? right : left;
    }
    return sizes;
  }

  private static long fromEnd(long[] sizes, int position) {
    return position > sizes.length ? 1 : sizes[sizes.length - position];
  }

  private static IllegalArgumentException mismatch(long[] a, long[] b) {
    return new IllegalArgumentException(
        "sizes " + Arrays.toString(a) + " and " + Arrays.toString(b) + " do not broadcast");
  }
}

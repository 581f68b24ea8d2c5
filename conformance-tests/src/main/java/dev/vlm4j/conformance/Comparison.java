package dev.vlm4j.conformance;

import dev.vlm4j.graph.DType;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.Tolerance;
import java.util.Arrays;

/**
 * Compares tensors and says where they differ first.
 *
 * @param where case, run, output and backend, for the message
 * @param source who says what is expected
 * @param tolerance how far floats may lie apart; integers must be equal
 */
record Comparison(String where, String source, Tolerance tolerance) {

  /** Throws an {@link AssertionError} that names the first difference. */
  void check(Tensor expected, Tensor actual) {
    if (!Arrays.equals(expected.sizes(), actual.sizes()) || expected.dtype() != actual.dtype()) {
      throw new AssertionError(
          where + ": expected " + expected + " (" + source + "), got " + actual);
    }
    int first = -1;
    int different = 0;
    for (int i = 0; i < expected.count(); i++) {
      if (!accepts(expected, actual, i)) {
        first = first < 0 ? i : first;
        different++;
      }
    }
    if (first >= 0) {
      throw new AssertionError(message(expected, actual, first, different));
    }
  }

  private boolean accepts(Tensor expected, Tensor actual, int i) {
    return expected.dtype() == DType.INT
        ? expected.ints()[i] == actual.ints()[i]
        : tolerance.accepts(expected.floats()[i], actual.floats()[i]);
  }

  private String message(Tensor expected, Tensor actual, int first, int different) {
    return "%s: element %s: expected %s (%s), got %s; %d of %d elements differ; tolerance: %s"
        .formatted(
            where,
            index(expected.sizes(), first),
            element(expected, first),
            source,
            element(actual, first),
            different,
            expected.count(),
            expected.dtype() == DType.INT ? "equal integers" : tolerance.toString());
  }

  private static String index(long[] sizes, int position) {
    long[] index = new long[sizes.length];
    long rest = position;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      index[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return Arrays.toString(index);
  }

  private static String element(Tensor x, int i) {
    return x.dtype() == DType.INT ? Integer.toString(x.ints()[i]) : Float.toString(x.floats()[i]);
  }
}

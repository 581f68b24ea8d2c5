package dev.vlm4j.zoo.parity;

import dev.vlm4j.graph.DType;
import dev.vlm4j.spi.Tensor;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/**
 * How far results lie apart.
 *
 * @param largest largest absolute difference; infinite if shapes differ, or if one is no number
 * @param scale largest finite number, without its sign, of the expected results
 */
record Distance(double largest, double scale) {
  static final Distance NONE = new Distance(0, 0);

  static Distance between(Tensor expected, Tensor actual) {
    if (!Arrays.equals(expected.sizes(), actual.sizes()) || expected.dtype() != actual.dtype()) {
      return new Distance(Double.POSITIVE_INFINITY, 0);
    }
    double largest = 0;
    double scale = 0;
    for (int i = 0; i < expected.count(); i++) {
      double wanted = element(expected, i);
      largest = Math.max(largest, difference(wanted, element(actual, i)));
      scale = Double.isFinite(wanted) ? Math.max(scale, Math.abs(wanted)) : scale;
    }
    return new Distance(largest, scale);
  }

  /** Returns the distance of results with the same names. */
  static Distance between(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    return all(
        expected.entrySet().stream()
            .map(
                entry ->
                    between(entry.getValue(), Objects.requireNonNull(actual.get(entry.getKey()))))
            .toList());
  }

  static Distance all(Collection<Distance> distances) {
    return distances.stream().reduce(NONE, Distance::or);
  }

  private Distance or(Distance other) {
    return new Distance(Math.max(largest, other.largest), Math.max(scale, other.scale));
  }

  private static double element(Tensor x, int i) {
    return x.dtype() == DType.INT ? x.ints()[i] : x.floats()[i];
  }

  private static double difference(double expected, double actual) {
    if (Double.compare(expected, actual) == 0) {
      return 0;
    }
    double difference = Math.abs(actual - expected);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }
}

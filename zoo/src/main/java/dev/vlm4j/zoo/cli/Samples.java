package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** One quantity, measured several times. */
final class Samples {
  private final double[] sorted;

  private Samples(double[] values) {
    this.sorted = values;
    Arrays.sort(sorted);
  }

  /** Measures every run; infinite values and those that are no number do not count. */
  static <T> Samples of(List<T> runs, ToDoubleFunction<T> quantity) {
    return new Samples(runs.stream().mapToDouble(quantity).filter(Double::isFinite).toArray());
  }

  boolean isEmpty() {
    return sorted.length == 0;
  }

  double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double min() {
    return sorted[0];
  }

  double max() {
    return sorted[sorted.length - 1];
  }

  /** Puts median, minimum and maximum; null if nothing could be measured. */
  void put(ObjectNode json, String name) {
    if (isEmpty()) {
      json.putNull(name).putNull(name + "_min").putNull(name + "_max");
    } else {
      json.put(name, JsonOutput.rounded(median()))
          .put(name + "_min", JsonOutput.rounded(min()))
          .put(name + "_max", JsonOutput.rounded(max()));
    }
  }

  /** Returns the values for people. */
  String text(String unit) {
    return isEmpty()
        ? "not measured"
        : String.format(Locale.ROOT, "%10.1f %-9s (%.1f to %.1f)", median(), unit, min(), max());
  }
}

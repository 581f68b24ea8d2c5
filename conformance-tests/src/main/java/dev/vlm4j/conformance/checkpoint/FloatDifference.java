package dev.vlm4j.conformance.checkpoint;

import dev.vlm4j.spi.Tolerance;

/**
 * How two arrays of floats differ.
 *
 * @param first index of the first element that is too far off; -1 if there is none
 * @param text what to tell people
 */
record FloatDifference(int first, String text) {

  static FloatDifference of(float[] expected, float[] actual, Tolerance tolerance) {
    if (expected.length != actual.length) {
      return new FloatDifference(
          0, "expected %d elements, got %d".formatted(expected.length, actual.length));
    }
    int first = -1;
    int count = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      if (!tolerance.accepts(expected[i], actual[i])) {
        first = first < 0 ? i : first;
        count++;
        largest = Math.max(largest, Math.abs((double) expected[i] - actual[i]));
      }
    }
    if (first < 0) {
      return new FloatDifference(-1, "equal within tolerance");
    }
    return new FloatDifference(
        first,
        "element %d is %s instead of %s; %d of %d differ by up to %.3g; tolerance: %s"
            .formatted(
                first, actual[first], expected[first], count, expected.length, largest, tolerance));
  }

  boolean exists() {
    return first >= 0;
  }

  @Override
  public String toString() {
    return text;
  }
}

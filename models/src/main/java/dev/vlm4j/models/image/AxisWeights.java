package dev.vlm4j.models.image;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Fixed-point filter weights of one axis, for a run of target positions.
 *
 * <p>Position {@code i} is the sum of {@code values[i * stride + j] * source[first[i] + j]} for
 * {@code j < length[i]}, plus one half, shifted right by {@code precision}.
 */
final class AxisWeights {
  private static final int PILLOW_PRECISION = 22;

  private final int[] first;
  private final int[] length;
  private final int[] values;
  private final int stride;
  private final int precision;
  private final boolean identity;

  private AxisWeights(
      int[] first, int[] length, int[] values, int stride, int precision, boolean identity) {
    this.first = first;
    this.length = length;
    this.values = values;
    this.stride = stride;
    this.precision = precision;
    this.identity = identity;
  }

  /** torch: as many bits as the largest weight of the WHOLE axis leaves in a signed short. */
  static AxisWeights sixteenBit(
      ResampleFilter filter, int source, int target, int from, int count) {
    if (source == target) {
      return unchanged(from, count);
    }
    FilterTaps taps = new FilterTaps(filter, source, target);
    double largest = 0.0;
    for (int i = 0; i < target; i++) {
      largest = Math.max(largest, taps.at(i));
    }
    int precision = 0;
    while (precision < 22 && (int) (0.5 + largest * (1 << (precision + 1))) < (1 << 15)) {
      precision++;
    }
    return quantised(taps, from, count, precision);
  }

  /** Pillow: always 22 bits. */
  static AxisWeights twentyTwoBit(
      ResampleFilter filter, int source, int target, int from, int count) {
    return source == target
        ? unchanged(from, count)
        : quantised(new FilterTaps(filter, source, target), from, count, PILLOW_PRECISION);
  }

  /** Copies {@code count} positions. */
  static AxisWeights unchanged(int from, int count) {
    int[] length = new int[count];
    Arrays.fill(length, 1);
    return new AxisWeights(
        IntStream.range(from, from + count).toArray(), length, new int[0], 1, 0, true);
  }

  private static AxisWeights quantised(FilterTaps taps, int from, int count, int precision) {
    int stride = taps.capacity();
    int[] first = new int[count];
    int[] length = new int[count];
    int[] values = new int[Math.multiplyExact(count, stride)];
    for (int i = 0; i < count; i++) {
      taps.at(from + i);
      first[i] = taps.first();
      length[i] = taps.length();
      taps.quantise(precision, values, i * stride);
    }
    return new AxisWeights(first, length, values, stride, precision, false);
  }

  /** Returns the same weights for a source whose first {@code offset} positions were left out. */
  AxisWeights shifted(int offset) {
    int[] moved = new int[first.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = first[i] - offset;
    }
    return new AxisWeights(moved, length, values, stride, precision, identity);
  }

  /** Whether the axis keeps its length, so that positions are copied. */
  boolean identity() {
    return identity;
  }

  int count() {
    return first.length;
  }

  int first(int position) {
    return first[position];
  }

  int length(int position) {
    return length[position];
  }

  /** The most weights that a position has. */
  int longest() {
    return Arrays.stream(length).max().orElse(1);
  }

  int[] values() {
    return values;
  }

  int stride() {
    return stride;
  }

  int precision() {
    return precision;
  }

  /** First source position that any target position reads. */
  int firstSource() {
    return first[0];
  }

  /** One past the last source position that any target position reads. */
  int endSource() {
    int last = first.length - 1;
    return first[last] + length[last];
  }
}

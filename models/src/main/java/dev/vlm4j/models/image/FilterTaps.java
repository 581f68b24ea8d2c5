package dev.vlm4j.models.image;

/** Evaluates the normalised weights of one target position after the other, in doubles. */
final class FilterTaps {
  private final ResampleFilter filter;
  private final int source;
  private final double scale;
  private final double support;
  private final double inverseScale;
  private final double[] weights;
  private int first;
  private int length;

  FilterTaps(ResampleFilter filter, int source, int target) {
    this.filter = filter;
    this.source = source;
    this.scale = (double) source / target;
    double widening = Math.max(scale, 1.0);
    this.support = filter.support() * widening;
    this.inverseScale = 1.0 / widening;
    this.weights = new double[(int) Math.ceil(support) * 2 + 1];
  }

  /** Computes the weights of target position {@code position} and returns the largest. */
  double at(int position) {
    double center = scale * (position + 0.5);
    first = Math.max((int) (center - support + 0.5), 0);
    int end = Math.min((int) (center + support + 0.5), source);
    length = Math.min(Math.max(end - first, 0), weights.length);
    double total = 0.0;
    for (int j = 0; j < length; j++) {
      weights[j] = filter.weight((j + first - center + 0.5) * inverseScale);
      total += weights[j];
    }
    return normalise(total);
  }

  private double normalise(double total) {
    double largest = 0.0;
    if (total != 0.0) {
      for (int j = 0; j < length; j++) {
        weights[j] /= total;
        largest = Math.max(largest, weights[j]);
      }
    }
    return largest;
  }

  /** Writes the current weights as integers, rounded half away from zero. */
  void quantise(int precision, int[] target, int offset) {
    for (int j = 0; j < length; j++) {
      double scaled = weights[j] * (1 << precision);
      target[offset + j] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
  }

  /** Most weights that a position can have. */
  int capacity() {
    return weights.length;
  }

  int first() {
    return first;
  }

  int length() {
    return length;
  }
}

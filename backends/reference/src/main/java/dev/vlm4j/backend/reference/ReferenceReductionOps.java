package dev.vlm4j.backend.reference;

import dev.vlm4j.graph.op.ArgMax;
import dev.vlm4j.graph.op.Reduce;
import dev.vlm4j.graph.op.Softmax;
import dev.vlm4j.spi.Tensor;

/**
 * Rules of the operators that look along one axis. Sums are accumulated in double precision and
 * rounded once: PyTorch adds floats in blocks, whose result lies closer to the exact sum than a
 * plain float loop.
 */
final class ReferenceReductionOps {
  private interface Line {
    /**
     * Handles the line of elements {@code start, start + step, ...}, the {@code number}-th of all.
     */
    void accept(int start, int step, int number);
  }

  Tensor reduce(Reduce op, Tensor x) {
    int length = (int) x.size(op.axis());
    long[] sizes = withOne(x, op.axis());
    float[] result = new float[Positions.count(sizes)];
    forEachLine(
        x,
        op.axis(),
        (start, step, number) ->
            result[number] =
                switch (op.function()) {
                  case SUM -> (float) sum(x.floats(), start, step, length);
                  case MEAN -> (float) (sum(x.floats(), start, step, length) / length);
                  case MAX -> max(x.floats(), start, step, length);
                });
    return Tensor.of(result, sizes);
  }

  Tensor argMax(ArgMax op, Tensor x) {
    int length = (int) x.size(op.axis());
    long[] sizes = withOne(x, op.axis());
    int[] result = new int[Positions.count(sizes)];
    forEachLine(
        x,
        op.axis(),
        (start, step, number) -> {
          float[] values = x.floats();
          for (int i = 1; i < length; i++) {
            if (values[start + i * step] > values[start + result[number] * step]) {
              result[number] = i;
            }
          }
        });
    return Tensor.of(result, sizes);
  }

  Tensor softmax(Softmax op, Tensor x) {
    int length = (int) x.size(op.axis());
    float[] result = new float[x.count()];
    forEachLine(
        x,
        op.axis(),
        (start, step, number) -> {
          float max = max(x.floats(), start, step, length);
          for (int i = 0; i < length; i++) {
            float shifted = x.floats()[start + i * step] - max;
            result[start + i * step] = (float) Math.exp(shifted);
          }
          float sum = (float) sum(result, start, step, length);
          for (int i = 0; i < length; i++) {
            result[start + i * step] /= sum;
          }
        });
    return Tensor.of(result, x.sizes());
  }

  private static double sum(float[] values, int start, int step, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += values[start + i * step];
    }
    return sum;
  }

  private static float max(float[] values, int start, int step, int length) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      max = Math.max(max, values[start + i * step]);
    }
    return max;
  }

  private static void forEachLine(Tensor x, int axis, Line line) {
    int step = (int) Positions.strides(x.sizes())[axis];
    int block = step * (int) x.size(axis);
    int lines = Positions.count(withOne(x, axis));
    for (int number = 0; number < lines; number++) {
      line.accept(number / step * block + number % step, step, number);
    }
  }

  private static long[] withOne(Tensor x, int axis) {
    long[] sizes = x.sizes();
    sizes[axis] = 1;
    return sizes;
  }
}

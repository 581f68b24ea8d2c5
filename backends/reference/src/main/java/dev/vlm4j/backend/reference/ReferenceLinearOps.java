package dev.vlm4j.backend.reference;

import dev.vlm4j.graph.op.Conv2d;
import dev.vlm4j.graph.op.MatMul;
import dev.vlm4j.spi.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rules of the products. They are accumulated in double precision, in the order of the summed axis,
 * and rounded once: the result does not depend on the order, which every engine chooses for itself.
 */
final class ReferenceLinearOps {

  Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    int in = (int) weight.size(1);
    int out = (int) weight.size(0);
    long[] sizes = x.sizes();
    sizes[sizes.length - 1] = out;
    float[] result = new float[Positions.count(sizes)];
    for (int i = 0; i < result.length; i++) {
      double product = dot(x.floats(), i / out * in, weight.floats(), i % out * in, in);
      result[i] = (float) (bias == null ? product : product + bias.floats()[i % out]);
    }
    return Tensor.of(result, sizes);
  }

  private static double dot(float[] a, int aStart, float[] b, int bStart, int length) {
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += (double) a[aStart + k] * b[bStart + k];
    }
    return sum;
  }

  Tensor matMul(MatMul op, Tensor a, Tensor b) {
    int m = (int) a.size(-2);
    int k = (int) a.size(-1);
    int n = (int) b.size(op.transposeRight() ? -2 : -1);
    if (b.size(op.transposeRight() ? -1 : -2) != k) {
      throw new IllegalArgumentException(a + " and " + b + " do not multiply");
    }
    long[] batch = Positions.broadcastSizes(batch(a), batch(b));
    int[] left = Positions.broadcast(batch(a), batch);
    int[] right = Positions.broadcast(batch(b), batch);
    float[] result = new float[Positions.count(batch) * m * n];
    for (int i = 0; i < left.length; i++) {
      for (int row = 0; row < m; row++) {
        int aStart = (left[i] * m + row) * k;
        int to = (i * m + row) * n;
        if (op.transposeRight()) {
          rowTimesTransposed(a.floats(), aStart, b.floats(), right[i] * n * k, k, result, to, n);
        } else {
          rowTimes(a.floats(), aStart, b.floats(), right[i] * n * k, k, result, to, n);
        }
      }
    }
    return Tensor.of(result, with(batch, m, n));
  }

  private static void rowTimesTransposed(
      float[] a, int aStart, float[] b, int bStart, int k, float[] to, int toStart, int n) {
    for (int j = 0; j < n; j++) {
      to[toStart + j] = (float) dot(a, aStart, b, bStart + j * k, k);
    }
  }

  /** Walks through the right operand in storage order; the sums are those of {@link #dot}. */
  private static void rowTimes(
      float[] a, int aStart, float[] b, int bStart, int k, float[] to, int toStart, int n) {
    double[] sums = new double[n];
    for (int i = 0; i < k; i++) {
      double factor = a[aStart + i];
      for (int j = 0; j < n; j++) {
        sums[j] += factor * b[bStart + i * n + j];
      }
    }
    for (int j = 0; j < n; j++) {
      to[toStart + j] = (float) sums[j];
    }
  }

  private static long[] batch(Tensor x) {
    return Arrays.copyOf(x.sizes(), x.rank() - 2);
  }

  private static long[] with(long[] batch, long m, long n) {
    long[] sizes = Arrays.copyOf(batch, batch.length + 2);
    sizes[batch.length] = m;
    sizes[batch.length + 1] = n;
    return sizes;
  }

  Tensor conv2d(Conv2d op, Tensor x, Tensor weight, @Nullable Tensor bias) {
    int out = (int) weight.size(0);
    int height = steps(op, x.size(2), weight.size(2));
    int width = steps(op, x.size(3), weight.size(3));
    float[] result = new float[Positions.count(new long[] {x.size(0), out, height, width})];
    for (int i = 0; i < result.length; i++) {
      int channel = i / (width * height) % out;
      int image = i / (width * height) / out;
      int top = i / width % height * op.stride() - op.padding();
      int left = i % width * op.stride() - op.padding();
      double sum = window(op, x, image, top, left, weight, channel);
      result[i] = (float) (bias == null ? sum : sum + bias.floats()[channel]);
    }
    return Tensor.of(result, x.size(0), out, height, width);
  }

  private static int steps(Conv2d op, long size, long kernel) {
    return (int) (size + 2L * op.padding() - kernel) / op.stride() + 1;
  }

  /** Returns the product of one filter with the part of an image that it lies on. */
  private static double window(
      Conv2d op, Tensor x, int image, int top, int left, Tensor weight, int channel) {
    int perGroup = (int) weight.size(1);
    int firstInput = channel / (int) (weight.size(0) / op.groups()) * perGroup;
    int rows = (int) x.size(2);
    int columns = (int) x.size(3);
    int kernelRows = (int) weight.size(2);
    int kernelColumns = (int) weight.size(3);
    double sum = 0;
    for (int c = 0; c < perGroup; c++) {
      int plane = (image * (int) x.size(1) + firstInput + c) * rows;
      int filter = (channel * perGroup + c) * kernelRows;
      for (int r = Math.max(0, -top); r < Math.min(kernelRows, rows - top); r++) {
        int first = Math.max(0, -left);
        int length = Math.min(kernelColumns, columns - left) - first;
        int xStart = (plane + top + r) * columns + left + first;
        sum +=
            dot(x.floats(), xStart, weight.floats(), (filter + r) * kernelColumns + first, length);
      }
    }
    return sum;
  }
}

package dev.vlm4j.backend.reference;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.op.Constant;
import dev.vlm4j.spi.Tensor;

/**
 * Tensors of the interpreter: floats and integers on the heap, truth values as integers 0 and 1.
 */
final class ReferenceTensors {
  private ReferenceTensors() {}

  static Tensor literal(Constant op) {
    long[] sizes = op.type().shape().sizes();
    return op.type().dtype() == DType.INT
        ? Tensor.of(op.ints(), sizes)
        : Tensor.of(op.floats(), sizes);
  }

  /** Returns the elements at the given positions as a tensor of the given sizes. */
  static Tensor take(Tensor x, int[] positions, long[] sizes) {
    if (x.dtype() == DType.INT) {
      return Tensor.of(take(x.ints(), positions), sizes);
    }
    return Tensor.of(take(x.floats(), positions), sizes);
  }

  static Tensor reshape(Tensor x, long[] sizes) {
    return x.dtype() == DType.INT ? Tensor.of(x.ints(), sizes) : Tensor.of(x.floats(), sizes);
  }

  /** Returns a tensor of its own arrays: results may otherwise share those of weights or inputs. */
  static Tensor copy(Tensor x) {
    return x.dtype() == DType.INT
        ? Tensor.of(x.ints().clone(), x.sizes())
        : Tensor.of(x.floats().clone(), x.sizes());
  }

  static float[] take(float[] elements, int[] positions) {
    float[] taken = new float[positions.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = elements[positions[i]];
    }
    return taken;
  }

  static int[] take(int[] elements, int[] positions) {
    int[] taken = new int[positions.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = elements[positions[i]];
    }
    return taken;
  }
}

package dev.vlm4j.backend.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.vlm4j.graph.DType;
import dev.vlm4j.spi.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Copies tensors between the heap and the engine. */
final class DjlTensors {
  private DjlTensors() {}

  /** Returns a tensor over a direct buffer, which the engine reads in place. */
  static PtNDArray toNative(Tensor tensor, PtNDManager manager) {
    boolean floats = tensor.dtype() == DType.FLOAT32;
    int bytes = Math.multiplyExact(tensor.count(), Integer.BYTES);
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    if (floats) {
      buffer.asFloatBuffer().put(tensor.floats());
    } else {
      buffer.asIntBuffer().put(tensor.ints());
    }
    return manager.create(
        buffer, new Shape(tensor.sizes()), floats ? DataType.FLOAT32 : DataType.INT32);
  }

  /** Copies a contiguous tensor of 32-bit floats or integers. */
  static Tensor toHost(PtNDArray array) {
    long[] sizes = array.getShape().getShape();
    int count = Math.toIntExact(array.getShape().size());
    boolean floats = array.getDataType() == DataType.FLOAT32;
    if (count == 0) {
      return floats ? Tensor.of(new float[0], sizes) : Tensor.of(new int[0], sizes);
    }
    ByteBuffer buffer = array.toByteBuffer(true).order(ByteOrder.nativeOrder());
    if (floats) {
      float[] elements = new float[count];
      buffer.asFloatBuffer().get(elements);
      return Tensor.of(elements, sizes);
    }
    int[] elements = new int[count];
    buffer.asIntBuffer().get(elements);
    return Tensor.of(elements, sizes);
  }
}

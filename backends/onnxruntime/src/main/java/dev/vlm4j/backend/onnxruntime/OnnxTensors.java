package dev.vlm4j.backend.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import dev.vlm4j.spi.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;

/** Tensors on their way into the engine and back. For one thread at a time. */
final class OnnxTensors {
  private static final int SLACK = 2;

  private final OnnxEngine engine;
  private final Map<String, ByteBuffer> buffers = new HashMap<>();

  OnnxTensors(OnnxEngine engine) {
    this.engine = engine;
  }

  /** Copies a tensor to the buffer of an input; the result must be closed after the run. */
  OnnxTensor feed(String input, Tensor tensor) {
    return OnnxEngine.call("making the input " + input, () -> create(input, tensor));
  }

  private OnnxTensor create(String input, Tensor tensor) throws OrtException {
    ByteBuffer bytes = buffer(input, Math.multiplyExact(tensor.count(), Float.BYTES));
    if (tensor.dtype().isFloat()) {
      FloatBuffer floats = bytes.asFloatBuffer();
      floats.duplicate().put(tensor.floats());
      return OnnxTensor.createTensor(engine.environment(), floats, tensor.sizes());
    }
    IntBuffer ints = bytes.asIntBuffer();
    ints.duplicate().put(tensor.ints());
    return OnnxTensor.createTensor(engine.environment(), ints, tensor.sizes());
  }

  /** Reuses the buffer of the last run unless it is too small. */
  private ByteBuffer buffer(String input, int size) {
    ByteBuffer former = buffers.get(input);
    if (former == null || former.capacity() < size) {
      int capacity = former == null ? size : Math.max(size, former.capacity() / SLACK * 3);
      former = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
      buffers.put(input, former);
    }
    return former.slice(0, size).order(ByteOrder.nativeOrder());
  }

  /** Copies a result to Java. */
  static Tensor read(OnnxValue value) {
    OnnxTensor tensor = (OnnxTensor) value;
    long[] sizes = tensor.getInfo().getShape();
    return switch (tensor.getInfo().type) {
      case FLOAT -> Tensor.of(floats(tensor.getFloatBuffer()), sizes);
      case INT32 -> Tensor.of(ints(tensor.getIntBuffer()), sizes);
      default -> throw new IllegalStateException("unexpected result " + tensor.getInfo());
    };
  }

  /** The engine's binding returns a buffer around a fresh array, which need not be copied again. */
  private static float[] floats(FloatBuffer buffer) {
    if (buffer.hasArray() && buffer.array().length == buffer.remaining()) {
      return buffer.array();
    }
    float[] copy = new float[buffer.remaining()];
    buffer.get(copy);
    return copy;
  }

  private static int[] ints(IntBuffer buffer) {
    int[] copy = new int[buffer.remaining()];
    buffer.get(copy);
    return copy;
  }
}

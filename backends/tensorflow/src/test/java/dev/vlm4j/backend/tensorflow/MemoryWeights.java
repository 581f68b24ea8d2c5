package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.WeightSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** A checkpoint in memory. */
final class MemoryWeights implements WeightSource {
  private final Map<String, StoredTensor> tensors = new HashMap<>();
  private final Map<String, ByteBuffer> bytes = new HashMap<>();

  /** Returns small random numbers for every weight of a graph. */
  static MemoryWeights random(Graph graph, long seed) {
    Random random = new Random(seed);
    MemoryWeights weights = new MemoryWeights();
    for (Value weight : graph.weights()) {
      float[] values = new float[Math.toIntExact(weight.shape().elements())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian() * 0.3f;
      }
      weights.add(weight.name(), weight.shape(), values);
    }
    return weights;
  }

  MemoryWeights add(String key, Shape shape, float... values) {
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return add(key, StorageType.F32, shape, buffer);
  }

  MemoryWeights add(String key, StorageType type, Shape shape, ByteBuffer buffer) {
    tensors.put(key, new StoredTensor(key, type, shape, Path.of("memory"), 0, buffer.remaining()));
    bytes.put(key, buffer);
    return this;
  }

  @Override
  public StoredTensor locate(String weight) {
    StoredTensor tensor = tensors.get(weight);
    if (tensor == null) {
      throw new VlmException(ErrorCode.WEIGHTS_MISMATCH, "there is no tensor " + weight);
    }
    return tensor;
  }

  @Override
  public ByteBuffer map(String weight) {
    return bytes.get(locate(weight).key()).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {}
}

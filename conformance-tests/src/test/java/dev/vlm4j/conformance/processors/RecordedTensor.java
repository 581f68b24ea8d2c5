package dev.vlm4j.conformance.processors;

import dev.vlm4j.graph.DType;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What is recorded of a tensor.
 *
 * @param type element type
 * @param sha256 of its elements, little-endian
 * @param samples elements at even distances, the first and the last among them
 */
record RecordedTensor(
    String name, StorageType type, List<Long> shape, String sha256, List<Float> samples) {
  private static final int CHUNK = 1 << 13;

  boolean hasShapeOf(ProcessorTensor other) {
    return type == other.type()
        && Arrays.equals(
            other.tensor().sizes(), shape.stream().mapToLong(Long::longValue).toArray());
  }

  boolean hasBytesOf(ProcessorTensor other) {
    return sha256.equals(digest(other.tensor()));
  }

  /** Returns the largest difference of the samples. */
  double distance(Tensor other) {
    double largest = 0;
    for (int i = 0; i < samples.size(); i++) {
      int at = (int) ((long) i * (other.count() - 1) / (samples.size() - 1));
      double value = type == StorageType.F32 ? other.floats()[at] : other.ints()[at];
      largest = Math.max(largest, Math.abs(value - samples.get(i)));
    }
    return largest;
  }

  private static String digest(Tensor tensor) {
    MessageDigest digest = algorithm();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < tensor.count(); from += CHUNK) {
      int count = Math.min(CHUNK, tensor.count() - from);
      digest.update(chunk.array(), 0, fill(chunk, tensor, from, count));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the number of bytes. */
  private static int fill(ByteBuffer chunk, Tensor tensor, int from, int count) {
    if (tensor.dtype() == DType.FLOAT32) {
      chunk.asFloatBuffer().put(tensor.floats(), from, count);
      return count * Float.BYTES;
    }
    LongBuffer longs = chunk.asLongBuffer();
    int[] ints = tensor.ints();
    for (int i = 0; i < count; i++) {
      longs.put(i, ints[from + i]);
    }
    return count * Long.BYTES;
  }

  private static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

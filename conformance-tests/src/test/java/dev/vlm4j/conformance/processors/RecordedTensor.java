package dev.vlm4j.conformance.processors;

import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  private static final int CHUNK = 1 << 16;

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
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    boolean floats = tensor.dtype() == dev.vlm4j.graph.DType.FLOAT32;
    for (int i = 0; i < tensor.count(); i++) {
      if (floats) {
        chunk.putFloat(tensor.floats()[i]);
      } else {
        chunk.putLong(tensor.ints()[i]);
      }
      if (!chunk.hasRemaining()) {
        digest.update(chunk.flip());
        chunk.clear();
      }
    }
    digest.update(chunk.flip());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

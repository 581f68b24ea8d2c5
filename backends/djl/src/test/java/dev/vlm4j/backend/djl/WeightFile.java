package dev.vlm4j.backend.djl;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.WeightSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A file of raw tensors behind a header of chosen length, so that tensors can be misaligned. */
final class WeightFile implements WeightSource {
  private final Path file;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<String, StoredTensor> tensors = new TreeMap<>();

  WeightFile(Path file, int headerBytes) {
    this.file = file;
    bytes.writeBytes(new byte[headerBytes]);
  }

  /** Appends a tensor; the values must be exact in the type. */
  WeightFile add(String key, StorageType type, float[] values, long... sizes) throws IOException {
    ByteBuffer encoded =
        ByteBuffer.allocate(values.length * type.bits() / Byte.SIZE).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      encode(encoded, type, value);
    }
    tensors.put(
        key,
        new StoredTensor(
            key, type, Shape.fixed(sizes), file.toRealPath(), bytes.size(), encoded.capacity()));
    bytes.writeBytes(encoded.array());
    Files.write(file, bytes.toByteArray());
    return this;
  }

  private static void encode(ByteBuffer out, StorageType type, float value) {
    int bits = Float.floatToRawIntBits(value);
    switch (type) {
      case F32 -> out.putFloat(value);
      case F64 -> out.putDouble(value);
      case BF16 -> out.putShort((short) (bits >>> 16));
      case F16 -> out.putShort((short) half(bits));
      default -> out.put((byte) value);
    }
  }

  /** Normal numbers only. */
  private static int half(int bits) {
    int exponent = ((bits >>> 23) & 0xFF) - 127 + 15;
    return (bits >>> 16) & 0x8000 | exponent << 10 | (bits >>> 13) & 0x3FF;
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
    throw new UnsupportedOperationException("the backend reads files itself");
  }

  @Override
  public void close() {}
}

package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.WeightSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Weights in one file, each at an odd offset. */
final class FileWeights implements WeightSource {
  private final Path file;
  private final Map<String, StoredTensor> tensors = new HashMap<>();

  FileWeights(Path folder) {
    try {
      this.file = Files.write(folder.toRealPath().resolve("weights.bin"), new byte[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FileWeights floats(String key, Shape shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return add(key, StorageType.F32, shape, bytes.array());
  }

  FileWeights brainFloats(String key, Shape shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Short.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort((short) (Float.floatToRawIntBits(value) >>> Short.SIZE));
    }
    return add(key, StorageType.BF16, shape, bytes.array());
  }

  FileWeights add(String key, StorageType type, Shape shape, byte[] bytes) {
    try {
      long offset = Files.size(file);
      Files.write(file, bytes, StandardOpenOption.APPEND);
      tensors.put(key, new StoredTensor(key, type, shape, file, offset, bytes.length));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public StoredTensor locate(String weight) {
    StoredTensor tensor = tensors.get(weight);
    if (tensor == null) {
      throw new VlmException(ErrorCode.WEIGHTS_MISMATCH, weight + " is not in the checkpoint");
    }
    return tensor;
  }

  @Override
  public ByteBuffer map(String weight) {
    throw new UnsupportedOperationException("the engine maps the file itself");
  }

  @Override
  public void close() {}
}

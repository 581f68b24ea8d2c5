package dev.vlm4j.conformance;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.WeightSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A real safetensors file in the temporary folder, so that offsets, alignment and mapping are those
 * of a checkpoint. Closing deletes the file.
 */
final class TestCheckpoint implements WeightSource {
  private static final int ALIGNMENT = 64;

  /** Where the tensors start. */
  enum Layout {
    /** The first tensor starts at a multiple of 64 bytes. */
    ALIGNED,
    /** A tensor of one byte comes first, so that no other starts at an even offset. */
    ODD_OFFSETS
  }

  private final Path file;
  private final Map<String, StoredTensor> tensors = new TreeMap<>();

  private TestCheckpoint(Path file) {
    this.file = file;
  }

  static TestCheckpoint write(List<StoredWeight> weights, Layout layout) {
    try {
      Path file = Files.createTempFile("vlm4j-conformance", ".safetensors").toRealPath();
      TestCheckpoint checkpoint = new TestCheckpoint(file);
      checkpoint.fill(weights, layout);
      return checkpoint;
    } catch (IOException e) {
      throw failure("the test checkpoint cannot be written", e);
    }
  }

  private void fill(List<StoredWeight> weights, Layout layout) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    if (layout == Layout.ODD_OFFSETS) {
      data.write(0);
      header.append(",\"first\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}");
    }
    Map<String, StoredTensor> relative = new TreeMap<>();
    for (StoredWeight weight : weights) {
      int start = data.size();
      data.writeBytes(weight.bytes());
      header.append(entry(weight, start, data.size()));
      relative.put(weight.key(), stored(weight, start));
    }
    byte[] head = padded(header.append('}').toString());
    relative.forEach((key, tensor) -> tensors.put(key, moved(tensor, Long.BYTES + head.length)));
    ByteBuffer size = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(size.putLong(head.length).array());
    all.writeBytes(head);
    all.writeBytes(data.toByteArray());
    Files.write(file, all.toByteArray());
  }

  private static String entry(StoredWeight weight, int start, int end) {
    return ",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(weight.key(), weight.type(), weight.shape(), start, end);
  }

  private StoredTensor stored(StoredWeight weight, int start) {
    return new StoredTensor(
        weight.key(), weight.type(), weight.shape(), file, start, weight.bytes().length);
  }

  private static StoredTensor moved(StoredTensor tensor, long by) {
    return new StoredTensor(
        tensor.key(),
        tensor.type(),
        tensor.shape(),
        tensor.file(),
        tensor.offset() + by,
        tensor.length());
  }

  private static byte[] padded(String header) {
    int length = header.length() + Long.BYTES;
    int missing = (ALIGNMENT - length % ALIGNMENT) % ALIGNMENT;
    return (header + " ".repeat(missing)).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public StoredTensor locate(String weight) {
    StoredTensor tensor = tensors.get(weight);
    if (tensor == null) {
      throw new VlmException(
          ErrorCode.WEIGHTS_MISMATCH,
          "the checkpoint has no tensor " + weight + "; it has " + tensors.keySet());
    }
    return tensor;
  }

  @Override
  public ByteBuffer map(String weight) {
    StoredTensor tensor = locate(weight);
    try (FileChannel channel = FileChannel.open(file)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, tensor.offset(), tensor.length())
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw failure("the test checkpoint cannot be mapped", e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failure("the test checkpoint cannot be deleted", e);
    }
  }

  private static VlmException failure(String what, IOException cause) {
    return new VlmException(ErrorCode.IO_FAILURE, what + ": " + cause.getMessage(), cause);
  }
}

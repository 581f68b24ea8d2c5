package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes tensors in the safetensors format: length of the header, JSON header padded with spaces to
 * a multiple of 8 bytes, elements in the order of the header, everything little-endian. Source: <a
 * href="https://github.com/huggingface/safetensors">the format's description</a>.
 */
final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private SafetensorsWriter(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Writes a file, or replaces it.
   *
   * @throws VlmException {@code IO_FAILURE} if that fails
   */
  static void write(Path file, List<ProcessorTensor> tensors) {
    byte[] header = header(tensors);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      SafetensorsWriter writer = new SafetensorsWriter(channel);
      writer.buffer.putLong(header.length);
      writer.flush();
      writer.flush(ByteBuffer.wrap(header));
      for (ProcessorTensor tensor : tensors) {
        writer.elements(tensor);
      }
      writer.flush();
    } catch (IOException e) {
      throw OutputPlace.failure(file, e);
    }
  }

  private static byte[] header(List<ProcessorTensor> tensors) {
    ObjectNode header = JsonOutput.object();
    long begin = 0;
    for (ProcessorTensor tensor : tensors) {
      long end = begin + (long) tensor.tensor().count() * bytes(tensor);
      ObjectNode entry = header.putObject(tensor.name()).put("dtype", tensor.type().name());
      ArrayNode shape = entry.putArray("shape");
      for (long size : tensor.tensor().sizes()) {
        shape.add(size);
      }
      entry.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    String padding = " ".repeat((ALIGNMENT - json.length % ALIGNMENT) % ALIGNMENT);
    return (header + padding).getBytes(StandardCharsets.UTF_8);
  }

  private static int bytes(ProcessorTensor tensor) {
    return switch (tensor.type()) {
      case I64 -> Long.BYTES;
      case I32, F32 -> Integer.BYTES;
      case BOOL, U8 -> 1;
      default ->
          throw new IllegalArgumentException(
              "tensor " + tensor.name() + " has the type " + tensor.type() + " of no processor");
    };
  }

  private void elements(ProcessorTensor named) throws IOException {
    Tensor tensor = named.tensor();
    int width = bytes(named);
    for (int i = 0; i < tensor.count(); i++) {
      if (buffer.remaining() < width) {
        flush();
      }
      put(tensor, i, named.type());
    }
  }

  private void put(Tensor tensor, int index, StorageType type) {
    switch (type) {
      case F32 -> buffer.putFloat(tensor.floats()[index]);
      case I64 -> buffer.putLong(tensor.ints()[index]);
      case I32 -> buffer.putInt(tensor.ints()[index]);
      default -> buffer.put((byte) tensor.ints()[index]);
    }
  }

  private void flush() throws IOException {
    flush(buffer.flip());
    buffer.clear();
  }

  private void flush(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}

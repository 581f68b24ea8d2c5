package dev.vlm4j.zoo.checkpoint;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.StoredTensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the header of a safetensors file, refusing everything that the format does not allow.
 * Source: <a href="https://github.com/huggingface/safetensors">the format's description</a>.
 */
final class SafetensorsFile {
  private static final int LENGTH_BYTES = 8;
  private static final long MAX_HEADER = 100_000_000;

  private final Path file;

  private SafetensorsFile(Path file) {
    this.file = file;
  }

  /**
   * Returns the tensors of a file in the order of their offsets.
   *
   * @param file real path
   * @throws VlmException {@code WEIGHTS_INVALID} if the file breaks the format, {@code IO_FAILURE}
   *     if it cannot be read
   */
  static List<StoredTensor> read(Path file) {
    return new SafetensorsFile(file).tensors();
  }

  /**
   * Returns the tensors of a file that may lie elsewhere; only its header is read.
   *
   * @param name name of the file, for messages and results
   */
  static List<StoredTensor> read(Path name, WeightBytes bytes) {
    return new SafetensorsFile(name).tensors(bytes);
  }

  private List<StoredTensor> tensors() {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return tensors(new ChannelBytes(channel));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private List<StoredTensor> tensors(WeightBytes bytes) {
    try {
      long size = bytes.size();
      if (size < LENGTH_BYTES) {
        throw broken("it has " + size + " bytes, a header needs at least 8");
      }
      long header =
          ByteBuffer.wrap(bytes.read(0, LENGTH_BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (header < 0 || header > MAX_HEADER) {
        throw broken("its header claims " + Long.toUnsignedString(header) + " bytes");
      }
      if (header > size - LENGTH_BYTES) {
        throw broken(
            "its header claims " + header + " bytes, the file has " + size + ": it is truncated");
      }
      byte[] json = bytes.read(LENGTH_BYTES, (int) header);
      long start = LENGTH_BYTES + header;
      List<StoredTensor> tensors = SafetensorsHeader.parse(json, file, start, this::broken);
      tensors.sort(
          Comparator.comparingLong(StoredTensor::offset).thenComparingLong(StoredTensor::length));
      checkCovered(tensors, start, size);
      return tensors;
    } catch (EOFException e) {
      throw broken("it became shorter while it was read");
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private VlmException failed(IOException e) {
    return new VlmException(
        ErrorCode.IO_FAILURE,
        "cannot read " + file + ": " + e + "; check that it is there and may be read",
        e);
  }

  /** The bytes of an open file. */
  private record ChannelBytes(FileChannel channel) implements WeightBytes {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public byte[] read(long from, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, from + buffer.position()) < 0) {
          throw new EOFException();
        }
      }
      return buffer.array();
    }
  }

  /** The data must be covered by the tensors exactly: no hole, no overlap, nothing behind. */
  private void checkCovered(List<StoredTensor> sorted, long start, long size) {
    long expected = start;
    for (StoredTensor tensor : sorted) {
      if (tensor.offset() != expected) {
        throw broken(
            "tensor "
                + tensor.key()
                + " starts at byte "
                + (tensor.offset() - start)
                + ", the one before ends at "
                + (expected - start));
      }
      expected += tensor.length();
    }
    if (expected != size) {
      throw broken(
          "its tensors end at byte "
              + expected
              + ", the file has "
              + size
              + (expected > size ? ": it is truncated" : ": it has trailing bytes"));
    }
  }

  private VlmException broken(String reason) {
    return new VlmException(
        ErrorCode.WEIGHTS_INVALID,
        file.getFileName() + " is no valid safetensors file: " + reason + "; fetch the file again");
  }
}

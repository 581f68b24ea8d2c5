package dev.vlm4j.conformance.hub;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes of a file in a double. */
public interface Content {
  /** Returns the number of bytes. */
  long size();

  /** Writes {@code length} bytes from a position. */
  void write(OutputStream out, long from, long length) throws IOException;

  /** Returns content in memory. */
  static Content of(byte[] bytes) {
    return new Content() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void write(OutputStream out, long from, long length) throws IOException {
        out.write(bytes, Math.toIntExact(from), Math.toIntExact(length));
      }
    };
  }

  /** Returns the content of a file, which must not change. */
  static Content of(Path file) {
    long size;
    try {
      size = Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Content() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void write(OutputStream out, long from, long length) throws IOException {
        WritableByteChannel target = Channels.newChannel(out);
        try (FileChannel channel = FileChannel.open(file)) {
          long sent = 0;
          while (sent < length) {
            sent += channel.transferTo(from + sent, length - sent, target);
          }
        }
      }
    };
  }

  /** Returns the first bytes of this content. */
  default Content first(long bytes) {
    Content all = this;
    return new Content() {
      @Override
      public long size() {
        return Math.min(bytes, all.size());
      }

      @Override
      public void write(OutputStream out, long from, long length) throws IOException {
        all.write(out, from, length);
      }
    };
  }
}

package dev.vlm4j.conformance.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.conformance.hub.ChildJvm;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P13: the largest header that the format allows takes seconds, and eight times its size. */
class LargeHeaderTest {
  private static final int LARGEST = 100_000_000;
  private static final int ENTRY = 96;

  @TempDir Path folder;

  @Test
  @Tag("long")
  void aHeaderOfAHundredMegabytesIsReadWithEightHundredOfHeap() throws Exception {
    Path file = folder.resolve("x.safetensors");
    int tensors = write(file);
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            Map.of(),
            "-XX:TieredStopAtLevel=4",
            "-Xmx800m",
            HeaderProgram.class.getName(),
            file.toString());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    String[] figures = outcome.out().strip().split(" ");
    assertThat(Integer.parseInt(figures[0])).isEqualTo(tensors);
    System.out.println("100 MB of header: " + figures[1] + " ms, " + tensors + " tensors");
  }

  /** Entries of equal length, filled up with blanks. */
  private static int write(Path file) throws IOException {
    int tensors = LARGEST / ENTRY - 1;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(LARGEST).array());
      out.write('{');
      int written = 1;
      for (int i = 0; i < tensors; i++) {
        String entry =
            String.format(
                Locale.ROOT,
                "\"layers.%08d.weight\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[%d,%d]}",
                i,
                i,
                i + 1);
        String padded = " ".repeat(ENTRY - 1 - entry.length()) + entry;
        out.write((padded + (i + 1 < tensors ? "," : " ")).getBytes(StandardCharsets.US_ASCII));
        written += ENTRY;
      }
      out.write('}');
      out.write(" ".repeat(LARGEST - written - 1).getBytes(StandardCharsets.US_ASCII));
      out.write(new byte[tensors]);
    }
    return tensors;
  }
}

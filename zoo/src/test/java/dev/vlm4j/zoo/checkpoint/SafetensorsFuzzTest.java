package dev.vlm4j.zoo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.StoredTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * P13: whatever a weight file or an index holds, reading it ends with tensors that lie in the file,
 * or with a typed error. Inputs are sound files that were changed at random, by bytes and by words
 * of the format; seeds are fixed.
 */
class SafetensorsFuzzTest {
  private static final String[] WORDS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "null",
    "true",
    "-1",
    "0",
    "1e9",
    "0.5",
    "9223372036854775808",
    "281474976710657",
    "\"F32\"",
    "\"BF16\"",
    "\"F4\"",
    "\"dtype\"",
    "\"shape\"",
    "\"data_offsets\"",
    "\"__metadata__\"",
    "\"a\":{}",
    "\\u0000",
    "\uFEFF",
    " ",
    "\n"
  };

  private static final String HEADER =
      "{\"__metadata__\":{\"format\":\"pt\"},"
          + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
          + "\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[24,32]},"
          + "\"c\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[32,40]}}";

  private static final String INDEX =
      "{\"metadata\":{\"total_size\":40},\"weight_map\":{\"a\":\"x-1.safetensors\",\"b\":\"x-2.safetensors\"}}";

  @TempDir Path folder;

  @Test
  void thirtyThousandChangedFilesEndWellOrWithATypedError() {
    weightFiles(30_000);
  }

  @Test
  @Tag("long")
  void tenMillionChangedFilesEndWellOrWithATypedError() {
    weightFiles(10_000_000);
  }

  private static void weightFiles(int count) {
    Random random = new Random(13);
    int sound = 0;
    for (int i = 0; i < count; i++) {
      byte[] file = file(random);
      try {
        List<StoredTensor> tensors = WeightBytes.tensors("x.safetensors", bytes(file));
        assertThat(tensors)
            .allMatch(t -> t.offset() >= 8 && t.offset() + t.length() <= file.length);
        sound++;
      } catch (VlmException e) {
        if (e.code() != ErrorCode.WEIGHTS_INVALID) {
          throw new AssertionError("run " + i + " ended with " + e.code(), e);
        }
      } catch (RuntimeException | Error e) {
        throw new AssertionError("run " + i + " failed on " + Arrays.toString(file), e);
      }
    }
    assertThat(sound).isBetween(1, count - 1);
  }

  private static byte[] file(Random random) {
    byte[] header = changed(HEADER, random);
    long length = random.nextInt(10) == 0 ? random.nextLong() : header.length;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    out.writeBytes(header);
    out.writeBytes(new byte[random.nextInt(10) == 0 ? random.nextInt(80) : 40]);
    byte[] file = out.toByteArray();
    return random.nextInt(20) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file;
  }

  private static byte[] changed(String text, Random random) {
    StringBuilder changed = new StringBuilder(text);
    for (int n = random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(changed.length());
      int end = Math.min(changed.length(), at + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> changed.insert(at, WORDS[random.nextInt(WORDS.length)]);
        case 1 -> changed.replace(at, end, WORDS[random.nextInt(WORDS.length)]);
        case 2 -> changed.insert(at, changed.substring(at, end));
        default -> changed.setCharAt(at, (char) random.nextInt(256));
      }
    }
    byte[] bytes = changed.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(8) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static WeightBytes bytes(byte[] file) {
    return new WeightBytes() {
      @Override
      public long size() {
        return file.length;
      }

      @Override
      public byte[] read(long from, int length) throws IOException {
        return Arrays.copyOfRange(file, Math.toIntExact(from), Math.toIntExact(from) + length);
      }
    };
  }

  @Test
  void twoThousandChangedIndexesEndWellOrWithATypedError() throws IOException {
    indexes(2_000);
  }

  @Test
  @Tag("long")
  void aHundredThousandChangedIndexesEndWellOrWithATypedError() throws IOException {
    indexes(100_000);
  }

  private void indexes(int count) throws IOException {
    Random random = new Random(14);
    Files.writeString(folder.resolve("config.json"), "{}");
    for (String name : List.of("a", "b")) {
      Files.write(folder.resolve("x-" + (name.equals("a") ? 1 : 2) + ".safetensors"), shard(name));
    }
    for (int i = 0; i < count; i++) {
      byte[] index = changed(INDEX, random);
      Files.write(folder.resolve("model.safetensors.index.json"), index);
      try {
        assertThat(WeightFiles.read(CheckpointFolder.open(folder))).isNotEmpty();
      } catch (VlmException e) {
        assertThat(e.code())
            .as(() -> new String(index, StandardCharsets.UTF_8))
            .isIn(ErrorCode.WEIGHTS_INVALID, ErrorCode.CONFIG_INVALID, ErrorCode.FILE_MISSING);
      }
    }
  }

  private static byte[] shard(String name) {
    byte[] header =
        ("{\"" + name + "\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}")
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(8 + header.length + 1)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }
}

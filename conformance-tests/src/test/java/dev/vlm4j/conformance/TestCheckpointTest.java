package dev.vlm4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.graph.Shape;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestCheckpointTest {
  private static final List<StoredWeight> WEIGHTS =
      List.of(
          new StoredWeight("a", StorageType.BF16, Shape.fixed(1, 2), new byte[] {1, 2, 3, 4}),
          new StoredWeight("b", StorageType.F32, Shape.fixed(1), new byte[] {5, 6, 7, 8}));

  @ParameterizedTest
  @EnumSource
  void findsTheBytesOfEveryTensor(TestCheckpoint.Layout layout) throws IOException {
    try (TestCheckpoint checkpoint = TestCheckpoint.write(WEIGHTS, layout)) {
      for (StoredWeight weight : WEIGHTS) {
        StoredTensor stored = checkpoint.locate(weight.key());
        byte[] file = Files.readAllBytes(stored.file());
        ByteBuffer mapped = checkpoint.map(weight.key());
        assertThat(mapped.remaining()).isEqualTo(weight.bytes().length);
        for (int i = 0; i < weight.bytes().length; i++) {
          assertThat(mapped.get(i)).isEqualTo(weight.bytes()[i]);
          assertThat(file[(int) stored.offset() + i]).isEqualTo(weight.bytes()[i]);
        }
        boolean odd = layout == TestCheckpoint.Layout.ODD_OFFSETS;
        assertThat(stored.offset() % 4).isEqualTo(odd ? 1 : 0);
      }
    }
  }

  @Test
  void writesASafetensorsHeaderAndDeletesTheFile() throws IOException {
    Path file;
    try (TestCheckpoint checkpoint = TestCheckpoint.write(WEIGHTS, TestCheckpoint.Layout.ALIGNED)) {
      file = checkpoint.locate("a").file();
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThat(text)
          .contains("\"a\":{\"dtype\":\"BF16\",\"shape\":[1, 2],\"data_offsets\":[0,4]}")
          .contains("\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}");
      assertThat(text.charAt(0) + Long.BYTES).isEqualTo((int) checkpoint.locate("a").offset());
    }
    assertThat(file).doesNotExist();
  }
}

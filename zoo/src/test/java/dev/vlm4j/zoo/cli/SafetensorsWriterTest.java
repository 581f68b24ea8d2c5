package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  @TempDir Path folder;

  @Test
  void writesHeaderAndElementsInOrder() throws IOException {
    Path file = folder.resolve("x.safetensors");
    Files.writeString(file, "much longer than what replaces it".repeat(100));

    SafetensorsWriter.write(
        file,
        List.of(
            new ProcessorTensor("ids", Tensor.of(new int[] {1, -2, 32000}, 1, 3), StorageType.I64),
            new ProcessorTensor("mask", Tensor.of(new int[] {1, 0}, 2), StorageType.BOOL),
            new ProcessorTensor(
                "pixels", Tensor.of(new float[] {0.5f, -1f}, 1, 2, 1), StorageType.F32)));

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    byte[] header = new byte[length];
    bytes.get(header);
    JsonNode json = new JsonMapper().readTree(header);
    assertThat(length % 8).isZero();
    assertThat(header[0]).isEqualTo((byte) '{');
    assertThat(json.get("ids"))
        .hasToString("{\"dtype\":\"I64\",\"shape\":[1,3],\"data_offsets\":[0,24]}");
    assertThat(json.get("mask"))
        .hasToString("{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[24,26]}");
    assertThat(json.get("pixels"))
        .hasToString("{\"dtype\":\"F32\",\"shape\":[1,2,1],\"data_offsets\":[26,34]}");
    assertThat(List.of(bytes.getLong(), bytes.getLong(), bytes.getLong()))
        .containsExactly(1L, -2L, 32000L);
    assertThat(List.of(bytes.get(), bytes.get())).containsExactly((byte) 1, (byte) 0);
    assertThat(List.of(bytes.getFloat(), bytes.getFloat())).containsExactly(0.5f, -1f);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Test
  void writesTensorsLargerThanItsBuffer() throws IOException {
    Path file = folder.resolve("x.safetensors");
    float[] elements = new float[100_000];
    elements[99_999] = 3f;

    SafetensorsWriter.write(
        file,
        List.of(new ProcessorTensor("x", Tensor.of(elements, elements.length), StorageType.F32)));

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.capacity()).isEqualTo(8 + (int) bytes.getLong(0) + 400_000);
    assertThat(bytes.getFloat(bytes.capacity() - 4)).isEqualTo(3f);
  }

  @Test
  void namesTheFileThatCannotBeWritten() {
    Path file = folder.resolve("no/such/folder.safetensors");

    assertThatThrownBy(() -> SafetensorsWriter.write(file, List.of()))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.IO_FAILURE)
        .hasMessageContaining(file.toString());
  }
}

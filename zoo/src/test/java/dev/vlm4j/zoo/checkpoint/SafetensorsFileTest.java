package dev.vlm4j.zoo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {
  private static final String GOOD =
      "{\"__metadata__\":{\"format\":\"pt\"},"
          + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
          + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1,2],\"data_offsets\":[8,12]}}";

  @TempDir Path folder;

  private List<StoredTensor> read(byte[] bytes) {
    try {
      return SafetensorsFile.read(Files.write(folder.resolve("model.safetensors"), bytes));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<StoredTensor> read(String header, int dataBytes) {
    return read(HubFolder.safetensors(header, dataBytes));
  }

  private void assertBroken(byte[] bytes, String reason) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WEIGHTS_INVALID))
        .hasMessageStartingWith("model.safetensors is no valid safetensors file: ")
        .hasMessageContaining(reason)
        .hasMessageEndingWith("fetch the file again");
  }

  private void assertBroken(String header, int dataBytes, String reason) {
    assertBroken(HubFolder.safetensors(header, dataBytes), reason);
  }

  private static String tensor(String dtype, String shape, String offsets) {
    return "{\"a\":{\"dtype\":"
        + dtype
        + ",\"shape\":"
        + shape
        + ",\"data_offsets\":"
        + offsets
        + "}}";
  }

  private static byte[] length(long length) {
    return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
  }

  @Test
  void readsNamesTypesShapesAndPlaces() {
    List<StoredTensor> tensors = read(GOOD, 12);
    int start = 8 + GOOD.length();
    Path file = folder.resolve("model.safetensors");
    assertThat(tensors)
        .containsExactly(
            new StoredTensor("a", StorageType.F32, Shape.fixed(2), file, start, 8),
            new StoredTensor("b", StorageType.BF16, Shape.fixed(1, 2), file, start + 8, 4));
  }

  @Test
  void acceptsWhiteSpaceAroundTheHeader() {
    assertThat(read(" \t\r\n" + GOOD + "   \n\r\t", 12)).hasSize(2);
  }

  @Test
  void acceptsScalarsAndEmptyTensors() {
    String header =
        "{\"scalar\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
            + "\"empty\":{\"dtype\":\"F32\",\"shape\":[4,0],\"data_offsets\":[8,8]},"
            + "\"last\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[8,9]}}";
    assertThat(read(header, 9))
        .extracting(StoredTensor::key)
        .containsExactlyInAnyOrder("scalar", "empty", "last");
  }

  @Test
  void acceptsFilesWithoutTensors() {
    assertThat(read("{}", 0)).isEmpty();
    assertThat(read("{\"__metadata__\":{}}", 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"F4,1", "F6_E2M3,3", "F6_E3M2,3", "F8_E8M0,2", "C64,16", "BOOL,2", "U64,16"})
  void knowsTheSizesOfAllTypes(String type, int bytesOfTwoOrFour) {
    boolean sixBits = type.startsWith("F6");
    String shape = sixBits ? "[4]" : "[2]";
    String header = tensor('"' + type + '"', shape, "[0," + bytesOfTwoOrFour + "]");
    assertThat(read(header, bytesOfTwoOrFour))
        .extracting(StoredTensor::type)
        .containsExactly(StorageType.valueOf(type));
  }

  @ParameterizedTest
  @ValueSource(strings = {"F4", "F6_E2M3"})
  void refusesNumbersOfElementsThatFillNoBytes(String type) {
    assertBroken(tensor('"' + type + '"', "[3]", "[0,2]"), 2, "tensor a of");
  }

  @Test
  void refusesFilesWithoutHeader() {
    assertBroken(new byte[0], "it has 0 bytes");
    assertBroken(new byte[7], "it has 7 bytes");
    assertBroken(new byte[8], "the header must be a JSON object");
  }

  @Test
  void refusesHeadersLongerThanTheFile() {
    assertBroken(length(9), "its header claims 9 bytes, the file has 16: it is truncated");
  }

  @Test
  void refusesHeadersThatClaimTooMuch() {
    assertBroken(length(100_000_001), "its header claims 100000001 bytes");
    assertBroken(length(Long.MAX_VALUE), "its header claims 9223372036854775807 bytes");
    assertBroken(length(-1), "its header claims 18446744073709551615 bytes");
  }

  @Test
  void refusesHeadersThatAreNotUtf8() {
    byte[] header = GOOD.getBytes(StandardCharsets.UTF_8);
    header[2] = (byte) 0xFF;
    assertBroken(HubFolder.safetensors(header, 12), "its header is no valid UTF-8");
    assertBroken(
        HubFolder.safetensors(GOOD.getBytes(StandardCharsets.UTF_16LE), 12), "is no valid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "[]", "1", "null", "{", "{\"a\"", "{'a':1}", "{}{}"})
  void refusesHeadersThatAreNoObject(String header) {
    assertBroken(header, 0, "header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"// c\n{}", "{/**/}", "{\"a\":{},}", "{}\u0000"})
  void refusesExtensionsOfJson(String header) {
    assertBroken(header, 0, "");
  }

  @Test
  void refusesDuplicateTensorsFieldsAndMetadata() {
    String entry = "{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}";
    assertBroken("{\"a\":" + entry + ",\"a\":" + entry + "}", 1, "Duplicate");
    assertBroken("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\"}}", 1, "Duplicate");
    assertBroken("{\"__metadata__\":{\"x\":\"1\",\"x\":\"2\"}}", 0, "Duplicate");
    assertBroken("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "Duplicate");
  }

  @Test
  void tellsNamesOfEqualHashesFromDuplicates() {
    String entry = "{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[%d,%d]}";
    String[] names = {"Aa", "BB", "C", "AaBB", "BBAa", "BBBB"};
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < names.length; i++) {
      header.append('"').append(names[i]).append("\":").append(entry.formatted(i, i + 1));
      header.append(i + 1 < names.length ? "," : "}");
    }
    assertThat(read(header.toString(), 6)).extracting(StoredTensor::key).containsExactly(names);
    assertBroken(header.toString().replace("BBAa", "BBBB"), 6, "Duplicate field 'BBBB'");
  }

  @Test
  void refusesUnknownAndMissingFields() {
    assertBroken(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"x\":1}}",
        1,
        "tensor a has the unknown field x");
    assertBroken("{\"a\":{\"dtype\":\"U8\",\"shape\":[1]}}", 1, "two data_offsets");
    assertBroken("{\"a\":{}}", 1, "tensor a needs dtype, shape and two data_offsets");
    assertBroken("{\"a\":1}", 1, "tensor a must be an object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[-1]", "[1.0]", "[1e2]", "[\"1\"]", "[null]", "[281474976710657]", "1"})
  void refusesImpossibleSizes(String shape) {
    assertBroken(tensor("\"U8\"", shape, "[0,1]"), 1, "shape of tensor a must be a list");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[-1,1]", "[0,1.5]", "[0,18446744073709551616]", "[0,281474976710657]", "\"0\""})
  void refusesImpossibleOffsets(String offsets) {
    assertBroken(tensor("\"U8\"", "[1]", offsets), 1, "data_offsets of tensor a must be a list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[0]", "[0,1,2]"})
  void refusesOffsetsThatAreNoPair(String offsets) {
    assertBroken(tensor("\"U8\"", "[1]", offsets), 1, "two data_offsets");
  }

  @Test
  void refusesOffsetsThatEndBeforeTheyStart() {
    assertBroken(tensor("\"U8\"", "[1]", "[1,0]"), 1, "has -1 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"f32\"", "\"F128\"", "\"\"", "\"float32\""})
  void refusesUnknownTypes(String type) {
    assertBroken(tensor(type, "[1]", "[0,4]"), 4, "tensor a has the unknown dtype");
  }

  @Test
  void refusesTypesThatAreNoStrings() {
    assertBroken(tensor("32", "[1]", "[0,4]"), 4, "dtype of a must be a string");
    assertBroken(tensor("null", "[1]", "[0,4]"), 4, "dtype of a must be a string");
  }

  @Test
  void refusesSizesThatDoNotFillTheirOffsets() {
    assertBroken(tensor("\"F32\"", "[2]", "[0,4]"), 4, "tensor a of F32[2] has 4 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[4294967296,4294967296]",
        "[2147483648,4294967296,2]",
        "[2305843009213693952]",
        "[281474976710656,65536]",
        "[281474976710656,32768]",
        "[281474976710656,281474976710656,0]"
      })
  void refusesShapesThatOverflow(String shape) {
    assertBroken(tensor("\"F32\"", shape, "[0,0]"), 0, "tensor a");
  }

  @Test
  void refusesOverlappingTensors() {
    String header =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}";
    assertBroken(header, 3, "tensor b starts at byte 1, the one before ends at 2");
  }

  @Test
  void refusesHolesAndDataBeforeTheFirstTensor() {
    String hole =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[2,3]}}";
    assertBroken(hole, 3, "tensor b starts at byte 2, the one before ends at 1");
    assertBroken(tensor("\"U8\"", "[1]", "[1,2]"), 2, "tensor a starts at byte 1");
  }

  @Test
  void refusesTrailingBytes() {
    assertBroken(GOOD, 13, "it has trailing bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 12})
  void refusesTruncatedData(int missing) {
    assertBroken(GOOD, 12 - missing, "it is truncated");
  }

  @Test
  void refusesMetadataThatIsNoText() {
    assertBroken("{\"__metadata__\":{\"x\":1}}", 0, "__metadata__ must hold strings only");
    assertBroken("{\"__metadata__\":{\"x\":{}}}", 0, "__metadata__ must hold strings only");
    assertBroken("{\"__metadata__\":[]}", 0, "__metadata__ must be an object");
  }

  @Test
  @Timeout(120)
  void refusesManyTensorsThatShareARange() {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 100_000; i++) {
      header.append(i == 0 ? "" : ",").append("\"t").append(i);
      header.append("\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}");
    }
    assertBroken(header.append('}').toString(), 8, "starts at byte 0, the one before ends at 8");
  }

  @Test
  @Timeout(120)
  void readsHeadersOfTenMegabytes() {
    StringBuilder header = new StringBuilder("{");
    int tensors = 120_000;
    for (int i = 0; i < tensors; i++) {
      header.append(i == 0 ? "" : ",").append("\"model.layers.").append(i).append(".weight");
      header.append("\":{\"dtype\":\"U8\",\"shape\":[1,1],\"data_offsets\":[");
      header.append(i).append(',').append(i + 1).append("]}");
    }
    assertThat(header).hasSizeGreaterThan(10_000_000);
    assertThat(read(header.append('}').toString(), tensors)).hasSize(tensors);
  }

  @Test
  void refusesDeepNesting() {
    assertBroken("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", 0, "tensor a");
  }

  @Test
  void filesThatAreGoneAreReadingFailures() {
    assertThatThrownBy(() -> SafetensorsFile.read(folder.resolve("gone")))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILURE));
  }

  /** The seed is fixed: what fails once fails again. */
  @Test
  @Timeout(120)
  void damagedFilesFailWithTypedErrorsOnly() {
    Random random = new Random(42);
    byte[] good = HubFolder.safetensors(GOOD, 12);
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = damaged(good, random);
      Throwable error = catchThrowable(() -> read(damaged));
      if (error != null) {
        assertThat(error).as("round %d", round).isInstanceOf(VlmException.class);
      }
    }
  }

  private static byte[] damaged(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] =
          random.nextBoolean() ? (byte) random.nextInt() : (byte) "{}[]\",:0-9.".charAt(i);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 4)) : bytes;
  }
}

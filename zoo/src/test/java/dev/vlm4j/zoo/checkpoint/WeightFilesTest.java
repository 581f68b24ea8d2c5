package dev.vlm4j.zoo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.KeyTable;
import dev.vlm4j.spi.StorageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFilesTest {
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir Path temporary;
  private HubFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = HubFolder.in(temporary.resolve("model"));
  }

  private HubFolder index(String weightMap) {
    return folder.with(INDEX, "{\"metadata\":{\"total_size\":0},\"weight_map\":" + weightMap + "}");
  }

  private void assertRefused(ErrorCode code, String... parts) {
    assertThatThrownBy(() -> WeightFiles.read(folder.open()))
        .isInstanceOfSatisfying(VlmException.class, e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void readsASingleFile() {
    folder.withTensor("model.safetensors", "a");
    assertThat(WeightFiles.read(folder.open())).containsOnlyKeys("a");
  }

  @Test
  void readsTheFilesOfAnIndex() {
    folder.withTensor("m-1.safetensors", "a").withTensor("m-2.safetensors", "b");
    index("{\"a\":\"m-1.safetensors\",\"b\":\"m-2.safetensors\"}");
    assertThat(WeightFiles.read(folder.open())).containsOnlyKeys("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/m.safetensors",
        "../m.safetensors",
        "a/m.safetensors",
        "a\\\\m.safetensors",
        "C:m.safetensors",
        "m.bin",
        "m.safetensors.bin",
        ".safetensors/../x",
        "m.safetensors\\n"
      })
  void refusesIndicesThatNameOtherPlacesOrFormats(String name) {
    index("{\"a\":\"" + name + "\"}");
    assertRefused(ErrorCode.WEIGHTS_INVALID, "only plain names that end in .safetensors");
  }

  @Test
  void refusesIndicesWithoutAMap() {
    folder.with(INDEX, "{}");
    assertRefused(ErrorCode.WEIGHTS_INVALID, "has no weight_map");
    folder.with(INDEX, "{\"weight_map\":{\"a\":1}}");
    assertRefused(ErrorCode.WEIGHTS_INVALID, "names the file 1");
  }

  @Test
  void namesMissingFilesOfAnIndex() {
    index("{\"a\":\"m-1.safetensors\"}");
    assertRefused(ErrorCode.FILE_MISSING, "has no m-1.safetensors", "fetch the model again");
  }

  @Test
  void listsEveryTensorThatIsNotWhereTheIndexSays() {
    folder.withTensor("m-1.safetensors", "a").withTensor("m-2.safetensors", "a");
    index("{\"a\":\"m-1.safetensors\",\"b\":\"m-2.safetensors\"}");
    assertRefused(
        ErrorCode.WEIGHTS_INVALID,
        "a is in m-2.safetensors, the index says m-1.safetensors",
        "b is not in m-2.safetensors");
  }

  @Test
  void refusesTensorsThatTheIndexDoesNotName() {
    folder.withTensor("m-1.safetensors", "surplus");
    index("{\"a\":\"m-1.safetensors\"}");
    assertRefused(ErrorCode.WEIGHTS_INVALID, "surplus is in m-1.safetensors, the index says null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytorch_model.bin", "model.pt", "model.PTH", "a.ckpt", "a.pkl", "a.npz"})
  void refusesFormatsThatCanRunCode(String name) {
    folder.with(name, "x");
    assertRefused(ErrorCode.WEIGHTS_FORMAT_REFUSED, name, "use a revision with safetensors files");
  }

  @Test
  void saysWhichWeightFilesAreMissing() {
    assertRefused(ErrorCode.FILE_MISSING, "has no weights: it needs model.safetensors");
  }

  @Test
  void acceptsTheLinksOfAHubCache() throws IOException {
    Path cache = temporary.resolve("models--org--name");
    Path snapshot = cache.resolve("snapshots/0123456789");
    new HubFolder(cache.resolve("blobs"))
        .with("c0", "{\"model_type\":\"llava\"}")
        .withTensor("abc", "a");
    Files.createDirectories(snapshot);
    Files.createSymbolicLink(snapshot.resolve("config.json"), Path.of("../../blobs/c0"));
    Files.createSymbolicLink(snapshot.resolve("model.safetensors"), Path.of("../../blobs/abc"));
    assertThat(WeightFiles.read(CheckpointFolder.open(snapshot)).get("a").file())
        .isEqualTo(cache.toRealPath().resolve("blobs/abc"));
  }

  @Test
  void refusesOtherLinks() throws IOException {
    new HubFolder(temporary.resolve("elsewhere")).withTensor("abc", "a");
    Files.createSymbolicLink(
        folder.path().resolve("model.safetensors"), temporary.resolve("elsewhere/abc"));
    assertRefused(ErrorCode.FILE_MISSING, "is a link that leads out of the model");
  }

  @Test
  void refusesLinksOutOfAHubCache() throws IOException {
    Path cache = temporary.resolve("models--org--name");
    HubFolder snapshot = HubFolder.in(cache.resolve("snapshots/0123456789"));
    new HubFolder(cache.resolve("blobs")).with("x", "");
    new HubFolder(temporary.resolve("other/blobs")).withTensor("abc", "a");
    Files.createSymbolicLink(
        snapshot.path().resolve("model.safetensors"), Path.of("../../../other/blobs/abc"));
    assertThatThrownBy(() -> WeightFiles.read(snapshot.open()))
        .hasMessageContaining("leads out of the model");
  }

  private Graph graph() {
    GraphBuilder builder = new GraphBuilder("g");
    Scope root = builder.root();
    Value x = builder.input("x", DType.FLOAT, Dim.symbol("n"), Dim.fixed(2));
    Value y = root.linear("wanted", x, 2, true);
    builder.output("y", root.mul(y, root.weight("scalar")));
    return builder.build();
  }

  @Test
  void listsMissingSurplusAndMisshapenTensorsAtOnce() {
    String header =
        "{\"wanted.weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"scalar\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[4,8]},"
            + "\"extra\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]},"
            + "\"old.position_ids\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[12,16]}}";
    folder.with("model.safetensors", HubFolder.safetensors(header, 16));
    KeyTable keys = KeyTable.identity().ignore("old\\..*");
    try (CheckpointWeights weights = CheckpointWeights.open(folder.open(), keys)) {
      assertThatThrownBy(() -> weights.check(List.of(graph())))
          .isInstanceOfSatisfying(
              VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WEIGHTS_MISMATCH))
          .hasMessage(
              """
              weights and config.json do not fit, 4 problems:
                misshapen: wanted.weight is [1], the model wants [2, 2]
                missing: wanted.bias [2]
                unsupported type: scalar is I32, the model wants one of [F16, BF16, F32, F64]
                surplus: extra is not used by the model""");
    }
  }

  @Test
  void refusesTwoTensorsOfTheSameMeaning() {
    folder.withTensor("m-1.safetensors", "a.w").withTensor("m-2.safetensors", "b.w");
    index("{\"a.w\":\"m-1.safetensors\",\"b.w\":\"m-2.safetensors\"}");
    KeyTable keys = KeyTable.identity().prefix("a.", "b.");
    assertThatThrownBy(() -> CheckpointWeights.open(folder.open(), keys))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WEIGHTS_MISMATCH))
        .hasMessageContaining("have the same meaning");
  }

  @Test
  void mapsBytesUntilItIsClosed() {
    folder.withTensor("model.safetensors", "file.w");
    KeyTable keys = KeyTable.identity().prefix("file.", "graph.");
    CheckpointWeights weights = CheckpointWeights.open(folder.open(), keys);
    assertThat(weights.map("graph.w").remaining()).isEqualTo(4);
    assertThat(weights.map("graph.w").isReadOnly()).isTrue();
    assertThat(weights.bytes()).isEqualTo(4);
    assertThat(weights.mainType()).isEqualTo(StorageType.F32);
    assertThatThrownBy(() -> weights.map("file.w")).hasMessageContaining("has no tensor file.w");
    weights.close();
    weights.close();
    assertThatThrownBy(() -> weights.map("graph.w"))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
  }

  @Test
  void noticesFilesThatBecameShorter() throws IOException {
    folder.withTensor("model.safetensors", "a");
    try (CheckpointWeights weights = CheckpointWeights.open(folder.open(), KeyTable.identity())) {
      Files.write(folder.path().resolve("model.safetensors"), new byte[9]);
      assertThatThrownBy(() -> weights.map("a")).hasMessageContaining("became shorter");
    }
  }
}

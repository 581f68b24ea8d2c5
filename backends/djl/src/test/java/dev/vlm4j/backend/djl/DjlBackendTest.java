package dev.vlm4j.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.Device;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DjlBackendTest {
  private static final float[] NUMBERS = {1, -2, 0.5f, 4, 0.25f, -8};
  private static final float[] SUMS = {-1, 4.5f, -7.75f};

  private final Backend backend = new DjlBackendProvider().create(BackendOptions.DEFAULT);

  @TempDir private Path folder;

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(BackendProvider.class))
        .extracting(BackendProvider::name)
        .contains("djl");
  }

  @Test
  void tellsItsEngineAndWhatItCanDo() {
    assertThat(backend.engineVersion()).startsWith("2.7");
    assertThat(backend.precisions()).containsExactlyInAnyOrder(Precision.FP32, Precision.BF16);
    assertThat(backend.preferredPrecision(StorageType.F32)).isEqualTo(Precision.FP32);
    assertThat(backend.supports(Capability.RAGGED_ROWS)).isTrue();
    assertThat(backend.supports(Capability.CANCEL_IN_STEP)).isFalse();
  }

  @Test
  void rejectsPrecisionsThatItLacks() {
    assertFails(
        ErrorCode.PRECISION_UNSUPPORTED,
        () ->
            backend.compile(
                summing(3), weights(0, StorageType.F32), new CompileOptions(Precision.INT8, true)));
  }

  @Test
  void rejectsGpusThatAreNotThere() {
    assertFails(
        ErrorCode.BACKEND_UNAVAILABLE,
        () -> new DjlBackendProvider().create(new BackendOptions(0, Device.gpu(99))));
  }

  @ParameterizedTest
  @CsvSource({
    "F32,0", "F16,0", "BF16,0", "F64,0", "F32,2", "F32,1", "F16,3", "BF16,1", "F64,4", "BF16,2"
  })
  void readsWeightsOfAllTypesAtAllOffsets(StorageType type, int headerBytes) throws IOException {
    for (Precision precision : backend.precisions()) {
      try (CompiledGraph compiled =
          backend.compile(
              summing(3), weights(headerBytes, type), new CompileOptions(precision, true))) {
        assertThat(sums(compiled)).isEqualTo(SUMS);
      }
    }
  }

  @Test
  void reportsAllWeightsThatDoNotFitAtOnce() throws IOException {
    WeightFile weights = weights(0, StorageType.F32).add("b", StorageType.I8, new float[2], 2);
    GraphBuilder graph = new GraphBuilder("test");
    Value x = graph.input("x", DType.FLOAT, Dim.fixed(2));
    graph.root().weight("w", 3, 1);
    graph.root().weight("missing", 3);
    graph.output("y", graph.root().add(x, graph.root().weight("b", 2)));
    assertThatThrownBy(() -> backend.compile(graph.build(), weights, CompileOptions.DEFAULT))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WEIGHTS_MISMATCH))
        .hasMessageContaining("w has shape [3, 2], wanted is [3, 1]")
        .hasMessageContaining("there is no tensor missing")
        .hasMessageContaining("b is stored as I8");
  }

  @Test
  void refusesUseAfterClosingAndClosesTwice() throws IOException {
    CompiledGraph compiled =
        backend.compile(summing(3), weights(0, StorageType.F32), CompileOptions.DEFAULT);
    GraphSession session = compiled.openSession(SessionOptions.STATELESS);
    session.close();
    session.close();
    assertFails(ErrorCode.CLOSED, () -> run(session));
    compiled.close();
    compiled.close();
    assertFails(ErrorCode.CLOSED, () -> compiled.openSession(SessionOptions.STATELESS));
    backend.close();
    backend.close();
    assertFails(
        ErrorCode.CLOSED,
        () -> backend.compile(summing(3), weights(0, StorageType.F32), CompileOptions.DEFAULT));
  }

  @Test
  void rejectsInputsAndOutputsThatTheGraphDoesNotHave() throws IOException {
    try (CompiledGraph compiled =
            backend.compile(summing(3), weights(0, StorageType.F32), CompileOptions.DEFAULT);
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> session.run(Map.of(), Set.of("y")));
      assertFails(
          ErrorCode.INVALID_ARGUMENT,
          () -> session.run(Map.of("x", Tensor.of(new float[] {1, 1}, 2)), Set.of("z")));
    }
  }

  @Test
  void wrapsFailuresOfTheEngine() throws IOException {
    GraphBuilder graph = new GraphBuilder("test");
    Value rows = graph.input("rows", DType.INT, Dim.symbol("n"));
    Value computed = graph.root().add(rows, graph.root().scalar(DType.INT, 1));
    graph.output("y", graph.root().gather(graph.root().weight("w", 3, 2), 0, computed));
    try (CompiledGraph compiled =
            backend.compile(graph.build(), weights(0, StorageType.F32), CompileOptions.DEFAULT);
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      assertFails(
          ErrorCode.ENGINE_FAILURE,
          () -> session.run(Map.of("rows", Tensor.of(new int[] {5}, 1)), Set.of("y")));
      Map<String, Tensor> results =
          session.run(Map.of("rows", Tensor.of(new int[0], 0)), Set.of("y"));
      assertThat(results.get("y").sizes()).containsExactly(0, 2);
    }
  }

  @Test
  void leavesNoTemporaryFiles() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    long before = archives(temporary);
    backend.compile(summing(3), weights(1, StorageType.F32), CompileOptions.DEFAULT).close();
    assertThat(archives(temporary)).isLessThanOrEqualTo(before);
  }

  private static long archives(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(file -> file.getFileName().toString().startsWith("vlm4j")).count();
    }
  }

  private WeightFile weights(int headerBytes, StorageType type) {
    try {
      return new WeightFile(Files.createTempFile(folder, "weights", ".bin"), headerBytes)
          .add("w", type, NUMBERS, 3, 2);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Graph summing(int out) {
    GraphBuilder graph = new GraphBuilder("test");
    Value x = graph.input("x", DType.FLOAT, Dim.fixed(2));
    graph.output("y", graph.root().linear(x, graph.root().weight("w", out, 2)));
    return graph.build();
  }

  private static float[] sums(CompiledGraph compiled) {
    try (GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      return run(session);
    }
  }

  private static float[] run(GraphSession session) {
    Map<String, Tensor> inputs = Map.of("x", Tensor.of(new float[] {1, 1}, 2));
    return session.run(inputs, Set.of("y")).get("y").floats();
  }

  private static void assertFails(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(VlmException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}

package dev.vlm4j.backend.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Shape;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxBackendTest {
  @TempDir Path folder;

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(BackendProvider.class))
        .extracting(BackendProvider::name)
        .contains("onnxruntime");
  }

  @Test
  void refusesCommandLinesThatCrashTheEngine() {
    OnnxEngine.checkCommandLine(3_900);
    assertThatThrownBy(() -> OnnxEngine.checkCommandLine(3_901))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKEND_UNAVAILABLE))
        .hasMessageContaining("CLASSPATH");
  }

  @Test
  void multipliesWithWeightsInCheckpointLayout() {
    FileWeights weights =
        new FileWeights(folder)
            .floats("fc.weight", Shape.fixed(2, 3), 1, 2, 3, 4, 5, 6)
            .floats("fc.bias", Shape.fixed(2), 0.5f, -0.5f);
    assertThat(runLinear(weights)).containsExactly(14.5f, 31.5f);
  }

  @Test
  void readsWeightsOfHalfTheSizeExactly() {
    FileWeights weights =
        new FileWeights(folder)
            .brainFloats("fc.weight", Shape.fixed(2, 3), 1, 2, 3, 4, 5, 6)
            .brainFloats("fc.bias", Shape.fixed(2), 0.5f, -0.5f);
    assertThat(runLinear(weights)).containsExactly(14.5f, 31.5f);
  }

  private float[] runLinear(FileWeights weights) {
    try (Backend backend = backend();
        CompiledGraph compiled = backend.compile(linear(), weights, CompileOptions.DEFAULT);
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      Tensor x = Tensor.of(new float[] {1, 2, 3}, 1, 3);
      return session.run(Map.of("x", x), Set.of("y")).get("y").floats();
    }
  }

  @Test
  void listsAllWeightsThatDoNotFit() {
    FileWeights weights =
        new FileWeights(folder)
            .floats("fc.weight", Shape.fixed(3, 2), 1, 2, 3, 4, 5, 6)
            .add("fc.bias", StorageType.I8, Shape.fixed(2), new byte[2]);
    try (Backend backend = backend()) {
      assertFailure(
          () -> backend.compile(linear(), weights, CompileOptions.DEFAULT),
          ErrorCode.WEIGHTS_MISMATCH,
          "fc.weight is stored as [3, 2], wanted [2, 3]",
          "fc.bias is stored as I8");
    }
  }

  @Test
  void reportsAMissingWeight() {
    try (Backend backend = backend()) {
      assertFailure(
          () -> backend.compile(linear(), new FileWeights(folder), CompileOptions.DEFAULT),
          ErrorCode.WEIGHTS_MISMATCH,
          "fc.weight",
          "fc.bias");
    }
  }

  @Test
  void refusesAPrecisionAndNamesTheSupportedOnes() {
    try (Backend backend = backend()) {
      assertFailure(
          () ->
              backend.compile(
                  linear(), new FileWeights(folder), new CompileOptions(Precision.INT4, true)),
          ErrorCode.PRECISION_UNSUPPORTED,
          "int4",
          "fp32");
    }
  }

  @Test
  void namesTheArtifactForAGpu() {
    try (Backend backend = backend()) {
      assertThat(backend.supports(Capability.GPU)).isFalse();
    }
    assertFailure(
        () -> new OnnxBackendProvider().create(new BackendOptions(0, Device.gpu(0))),
        ErrorCode.BACKEND_UNAVAILABLE,
        "com.microsoft.onnxruntime:onnxruntime_gpu");
  }

  @Test
  void refusesToCompileAfterClosing() {
    Backend backend = backend();
    backend.close();
    backend.close();
    assertFailure(
        () -> backend.compile(linear(), new FileWeights(folder), CompileOptions.DEFAULT),
        ErrorCode.CLOSED);
  }

  @Test
  void refusesAGrowthThatNoInputTells() {
    GraphBuilder builder = new GraphBuilder("test");
    Value x = builder.input("x", DType.FLOAT, Dim.symbol("n").times(2), Dim.fixed(4));
    Value byHead =
        builder
            .root()
            .reshape(x, Dim.fixed(1), Dim.symbol("n").times(2), Dim.fixed(1), Dim.fixed(4));
    builder.output("y", builder.root().cacheAppend(builder.state("k", 1, 4, "self"), byHead));
    Graph graph = builder.build();
    try (Backend backend = backend()) {
      assertThat(backend.check(graph, CompileOptions.DEFAULT)).hasSize(1);
      assertFailure(
          () -> backend.compile(graph, new FileWeights(folder), CompileOptions.DEFAULT),
          ErrorCode.GRAPH_UNSUPPORTED);
    }
  }

  private static Graph linear() {
    GraphBuilder builder = new GraphBuilder("test");
    Value x = builder.input("x", DType.FLOAT, Dim.symbol("n"), Dim.fixed(3));
    builder.output("y", builder.root().linear("fc", x, 2, true));
    return builder.build();
  }

  private static Backend backend() {
    return new OnnxBackendProvider().create(new BackendOptions(2, Device.CPU));
  }

  static void assertFailure(ThrowingCallable call, ErrorCode code, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VlmException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(List.of(parts)).allMatch(String.valueOf(failure.getMessage())::contains);
            });
  }
}

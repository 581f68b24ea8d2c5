package dev.vlm4j.backend.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.State;
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
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.WeightSource;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ReferenceBackendTest {
  private final Backend backend = new ReferenceBackendProvider().create(BackendOptions.DEFAULT);

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(BackendProvider.class))
        .extracting(BackendProvider::name)
        .contains("reference");
  }

  @Test
  void computesOnTheCpuInSinglePrecisionOnly() {
    BackendOptions gpu = new BackendOptions(0, Device.gpu(0));
    failsWith(ErrorCode.BACKEND_UNAVAILABLE, () -> new ReferenceBackendProvider().create(gpu));
    CompileOptions bf16 = new CompileOptions(Precision.BF16, true);
    failsWith(ErrorCode.PRECISION_UNSUPPORTED, () -> backend.compile(sum(), NO_WEIGHTS, bf16));
    assertThat(backend.supports(Capability.GPU)).isFalse();
    assertThat(backend.supports(Capability.WEIGHTS_IN_PLACE)).isFalse();
    assertThat(backend.supports(Capability.RAGGED_ROWS)).isTrue();
  }

  @Test
  void reportsMissingWeights() {
    GraphBuilder builder = new GraphBuilder("g");
    builder.output("y", builder.root().weight("norm.weight", 2));
    failsWith(
        ErrorCode.WEIGHTS_MISMATCH,
        () -> backend.compile(builder.build(), NO_WEIGHTS, CompileOptions.DEFAULT));
  }

  @Test
  void namesTheNodeThatTheInputsDoNotFit() {
    GraphBuilder builder = new GraphBuilder("g");
    Value table = builder.input("table", DType.FLOAT, Dim.fixed(2));
    Value index = builder.input("index", DType.INT, Dim.fixed(1));
    Value computed = builder.root().add(index, builder.root().scalar(DType.INT, -1));
    builder.output("y", builder.root().at("embed").gather(table, 0, computed));
    Map<String, Tensor> inputs =
        Map.of("table", Tensor.of(new float[2], 2), "index", Tensor.of(new int[1], 1));
    try (CompiledGraph compiled =
            backend.compile(builder.build(), NO_WEIGHTS, CompileOptions.DEFAULT);
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      assertThatExceptionOfType(VlmException.class)
          .isThrownBy(() -> session.run(inputs, Set.of("y")))
          .withMessageContaining("'embed'")
          .withMessageContaining("index -1 is outside of an axis of 2");
    }
  }

  @Test
  void resultsShareNoArraysWithInputs() {
    GraphBuilder builder = new GraphBuilder("g");
    Value x = builder.input("x", DType.FLOAT, Dim.symbol("n"));
    builder.output("y", builder.root().reshape(x, Dim.symbol("n"), Dim.fixed(1)));
    Tensor given = Tensor.of(new float[] {1, 2}, 2);
    try (CompiledGraph compiled =
            backend.compile(builder.build(), NO_WEIGHTS, CompileOptions.DEFAULT);
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      Tensor y = session.run(Map.of("x", given), Set.of("y")).get("y");
      assertThat(y).isNotNull();
      assertThat(y.floats()).containsExactly(1, 2).isNotSameAs(given.floats());
    }
  }

  @Test
  void rejectsRowsThatTheSessionDoesNotHave() {
    GraphBuilder builder = new GraphBuilder("g");
    State state = builder.state("k", 1, 1, State.SELF);
    Value x =
        builder.input(
            "x", DType.FLOAT, Dim.symbol("rows"), Dim.symbol("n"), Dim.fixed(1), Dim.fixed(1));
    builder.output("y", builder.root().cacheAppend(state, x));
    try (CompiledGraph compiled =
            backend.compile(builder.build(), NO_WEIGHTS, CompileOptions.DEFAULT);
        GraphSession session = compiled.openSession(new SessionOptions(2, Map.of(State.SELF, 4)))) {
      Map<String, Tensor> three = Map.of("x", Tensor.of(new float[3], 3, 1, 1, 1));
      failsWith(ErrorCode.INVALID_ARGUMENT, () -> session.run(three, Set.of("y")));
      assertThat(session.length(State.SELF, 0)).isZero();
    }
  }

  private static Graph sum() {
    GraphBuilder builder = new GraphBuilder("g");
    Value x = builder.input("x", DType.FLOAT, Dim.symbol("n"));
    builder.output("y", builder.root().add(x, x));
    return builder.build();
  }

  private static void failsWith(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(VlmException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private static final WeightSource NO_WEIGHTS =
      new WeightSource() {
        @Override
        public StoredTensor locate(String weight) {
          throw new VlmException(ErrorCode.WEIGHTS_MISMATCH, "there is no tensor " + weight);
        }

        @Override
        public ByteBuffer map(String weight) {
          throw new VlmException(ErrorCode.WEIGHTS_MISMATCH, "there is no tensor " + weight);
        }

        @Override
        public void close() {}
      };
}

package dev.vlm4j.conformance;

import static dev.vlm4j.conformance.SessionFixture.positions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.Device;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Wrong inputs and wrong checkpoints fail with typed errors and leave the session usable. */
interface InputTests {
  /** Returns the backend that is examined. */
  BackendUnderTest subject();

  @Test
  default void rejectsWrongInputs() {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        GraphSession session = fixture.open(2, 8)) {
      Tensor fits = Tensor.of(new float[2 * 8], 2, 1, 8);
      refuses(session, Map.of());
      refuses(session, Map.of("x", fits, "surplus", fits));
      refuses(session, Map.of("x", Tensor.of(new float[2 * 7], 2, 1, 7)));
      refuses(session, Map.of("x", Tensor.of(new float[2 * 8], 2, 8)));
      refuses(session, Map.of("x", Tensor.of(new int[2 * 8], 2, 1, 8)));
      refuses(session, Map.of("x", Tensor.of(new float[3 * 8], 3, 1, 8)));
      assertThat(session.length(State.SELF, 0)).isZero();
      SessionFixture.run(session, positions(2, 0, 1));
      assertThat(session.length(State.SELF, 0)).isEqualTo(1);
    }
  }

  private static void refuses(GraphSession session, Map<String, Tensor> inputs) {
    Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> SessionFixture.run(session, inputs));
  }

  @Test
  default void rejectsUnknownOutputs() {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        GraphSession session = fixture.open(1, 8)) {
      String message =
          Failures.expect(
              ErrorCode.INVALID_ARGUMENT,
              () -> session.run(positions(1, 0, 1), Set.of("first", "nonsense")));
      assertThat(message).contains("nonsense");
      assertThat(session.length(State.SELF, 0)).isZero();
    }
  }

  @Test
  default void rejectsDifferentSizesOfOneSymbol() {
    CaseGraph g = new CaseGraph("symbols");
    g.out(g.at().add(g.in("a", "n,2"), g.in("b", "n,2")));
    try (TestCheckpoint none = TestCheckpoint.write(List.of(), TestCheckpoint.Layout.ALIGNED);
        CompiledGraph compiled =
            subject().backend().compile(g.build(), none, CompileOptions.DEFAULT);
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      Tensor one = Tensor.of(new float[2], 1, 2);
      Tensor three = Tensor.of(new float[6], 3, 2);
      Failures.expect(
          ErrorCode.INVALID_ARGUMENT, () -> session.run(Map.of("a", three, "b", one), Set.of("y")));
      assertThat(session.run(Map.of("a", three, "b", three), Set.of("y"))).containsKey("y");
    }
  }

  @Test
  default void failsForAnIndexOutsideOfTheAxisAndGoesOn() {
    CaseGraph g = new CaseGraph("lookup");
    g.out(g.at().gather(g.in("x", "4,2"), 0, g.ints("indices", "n")));
    lookUp(g);
  }

  /** Engines on GPUs look at no index that they compute. */
  @Test
  default void failsForAComputedIndexOutsideOfTheAxisAndGoesOn() {
    assumeThat(BackendUnderTest.device()).isEqualTo(Device.CPU);
    CaseGraph g = new CaseGraph("lookup");
    Value indices = g.at().add(g.ints("indices", "n"), g.at().scalar(DType.INT, 0));
    g.out(g.at().gather(g.in("x", "4,2"), 0, indices));
    lookUp(g);
  }

  private void lookUp(CaseGraph g) {
    try (TestCheckpoint none = TestCheckpoint.write(List.of(), TestCheckpoint.Layout.ALIGNED);
        CompiledGraph compiled =
            subject().backend().compile(g.build(), none, CompileOptions.DEFAULT);
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      Tensor x = Tensor.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 4, 2);
      List<ErrorCode> codes = List.of(ErrorCode.ENGINE_FAILURE, ErrorCode.INVALID_ARGUMENT);
      Tensor outside = Tensor.of(new int[] {1, 4}, 2);
      Failures.expect(codes, () -> session.run(Map.of("x", x, "indices", outside), Set.of("y")));
      Tensor inside = Tensor.of(new int[] {3}, 1);
      Tensor result = session.run(Map.of("x", x, "indices", inside), Set.of("y")).get("y");
      assertThat(Objects.requireNonNull(result).floats()).containsExactly(6, 7);
    }
  }

  @Test
  default void reportsAllWeightsThatDoNotFitAtOnce() {
    CaseGraph g = new CaseGraph("weights");
    g.out("a", g.at().weight("absent", 2));
    g.out("b", g.at().weight("misshapen", 2, 2));
    g.out("c", g.at().weight("integral", 1));
    List<StoredWeight> stored =
        List.of(
            new StoredWeight("misshapen", StorageType.F32, Shape.fixed(4), new byte[16]),
            new StoredWeight("integral", StorageType.I32, Shape.fixed(1), new byte[4]));
    try (TestCheckpoint weights = TestCheckpoint.write(stored, TestCheckpoint.Layout.ALIGNED)) {
      String message =
          Failures.expect(
              ErrorCode.WEIGHTS_MISMATCH,
              () ->
                  subject().backend().compile(g.build(), weights, CompileOptions.DEFAULT).close());
      assertThat(message).contains("absent", "misshapen", "integral");
    }
  }
}

package dev.vlm4j.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DjlSessionTest {
  private static final WeightFile NO_WEIGHTS = new WeightFile(Path.of("none"), 0);

  private final Backend backend = new DjlBackendProvider().create(BackendOptions.DEFAULT);
  private final CompiledGraph compiled =
      backend.compile(caching(), NO_WEIGHTS, new CompileOptions(Precision.BF16, true));

  @AfterEach
  void close() {
    compiled.close();
    backend.close();
  }

  @Test
  void appendsToItsOwnCache() {
    try (GraphSession first = open(1, 4);
        GraphSession second = open(1, 4)) {
      assertThat(append(first, 1, 1, 2)).containsExactly(1, 2);
      assertThat(append(second, 1, 9)).containsExactly(9);
      assertThat(append(first, 1, 3)).containsExactly(1, 2, 3);
      assertThat(append(first, 1)).containsExactly(1, 2, 3);
      assertThat(first.length(State.SELF, 0)).isEqualTo(3);
    }
  }

  @Test
  void keepsItsContentsWhenACacheWouldOverflow() {
    try (GraphSession session = open(1, 2)) {
      append(session, 1, 1, 2);
      assertFails(ErrorCode.CONTEXT_TOO_LONG, () -> append(session, 1, 3));
      assertThat(append(session, 1)).containsExactly(1, 2);
    }
  }

  @Test
  void overwritesWhatWasCutOff() {
    try (GraphSession session = open(1, 4)) {
      append(session, 1, 1, 2, 3);
      session.truncate(State.SELF, 0, 1);
      assertThat(append(session, 1, 7)).containsExactly(1, 7);
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> session.truncate(State.SELF, 0, 3));
    }
  }

  @Test
  void holdsRowsOfDifferentLength() {
    try (GraphSession session = open(2, 4)) {
      append(session, 2, 1, 2, 5, 6);
      session.truncate(State.SELF, 1, 1);
      float[] cached = append(session, 2, 3, 7);
      assertThat(cached).hasSize(6).startsWith(1, 2, 3, 5, 7);
      assertThat(Float.isFinite(cached[5])).isTrue();
      assertThat(session.length(State.SELF, 0)).isEqualTo(3);
      assertThat(session.length(State.SELF, 1)).isEqualTo(2);
    }
  }

  @Test
  void copiesRowsForBeams() {
    try (GraphSession session = open(3, 2)) {
      append(session, 3, 1, 2, 3);
      session.reorder(new int[] {2, 0, 0});
      assertThat(append(session, 3)).containsExactly(3, 1, 1);
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> session.reorder(new int[] {3}));
    }
  }

  @Test
  void rejectsAnotherNumberOfRowsThanItsOwn() {
    try (GraphSession session = open(2, 2)) {
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> append(session, 1, 1));
    }
  }

  @Test
  void needsACapacityForEveryGroup() {
    assertFails(
        ErrorCode.INVALID_ARGUMENT, () -> compiled.openSession(SessionOptions.STATELESS).close());
  }

  private GraphSession open(int rows, int capacity) {
    return compiled.openSession(new SessionOptions(rows, Map.of(State.SELF, capacity)));
  }

  private static float[] append(GraphSession session, int rows, float... values) {
    Tensor x = Tensor.of(values, rows, values.length / rows, 1, 1);
    return session.run(Map.of("x", x), Set.of("cached")).get("cached").floats();
  }

  private static Graph caching() {
    GraphBuilder graph = new GraphBuilder("test");
    Dim one = Dim.fixed(1);
    Value x = graph.input("x", DType.FLOAT, Dim.symbol("rows"), Dim.symbol("new"), one, one);
    State state = graph.state("key", 1, 1, State.SELF);
    graph.output("cached", graph.root().cacheAppend(state, x));
    return graph.build();
  }

  private static void assertFails(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(VlmException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}

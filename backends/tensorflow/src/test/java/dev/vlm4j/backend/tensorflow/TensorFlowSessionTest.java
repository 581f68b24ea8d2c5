package dev.vlm4j.backend.tensorflow;

import static dev.vlm4j.backend.tensorflow.TinyDecoder.ids;
import static dev.vlm4j.backend.tensorflow.TinyDecoder.logits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TensorFlowSessionTest {
  private static final int[] PROMPT = {1, 5, 3, 9, 2, 7};
  private static final Set<String> LOGITS = Set.of("logits");

  private static CompiledGraph compiled;

  @BeforeAll
  static void compile() {
    Graph graph = TinyDecoder.graph();
    try (Backend backend = new TensorFlowBackendProvider().create(BackendOptions.DEFAULT);
        MemoryWeights weights = MemoryWeights.random(graph, 4)) {
      compiled = backend.compile(graph, weights, CompileOptions.DEFAULT);
    }
  }

  @AfterAll
  static void release() {
    compiled.close();
  }

  private static GraphSession open(int rows, int capacity) {
    return compiled.openSession(new SessionOptions(rows, Map.of(State.SELF, capacity)));
  }

  /** Logits of every position of a sequence that is run at once. */
  private static List<float[]> atOnce(int... sequence) {
    try (GraphSession session = open(1, sequence.length)) {
      Map<String, Tensor> results = session.run(ids(1, sequence), LOGITS);
      List<float[]> logits = new ArrayList<>();
      for (int i = 0; i < sequence.length; i++) {
        logits.add(logits(results, 0, i));
      }
      return logits;
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).containsExactly(expected, within(2e-5f));
  }

  private static void assertSteps(GraphSession session, int[] sequence, int start) {
    List<float[]> expected = atOnce(sequence);
    for (int i = start; i < sequence.length; i++) {
      assertClose(logits(session.run(ids(1, sequence[i]), LOGITS), 0, 0), expected.get(i));
    }
  }

  @Test
  void singleStepsEqualOnePrefill() {
    try (GraphSession session = open(1, 16)) {
      session.run(ids(1, 1, 5, 3), LOGITS);
      assertSteps(session, PROMPT, 3);
      assertThat(session.length(State.SELF, 0)).isEqualTo(PROMPT.length);
    }
  }

  @Test
  void returnsTheLengthsBeforeTheRun() {
    try (GraphSession session = open(2, 16)) {
      session.run(ids(2, 1, 5, 3, 4, 4, 4), Set.of());
      Map<String, Tensor> results = session.run(ids(2, 1, 2), Set.of("lengths"));
      assertThat(results.get("lengths").ints()).containsExactly(3, 3);
    }
  }

  @Test
  void appendsEvenIfNoResultIsAskedFor() {
    try (GraphSession session = open(1, 16)) {
      session.run(ids(1, 1, 5, 3), Set.of());
      assertSteps(session, PROMPT, 3);
    }
  }

  @Test
  void interleavedSessionsDoNotDisturbEachOther() {
    int[] other = {8, 8, 0, 4, 6, 10};
    try (GraphSession first = open(1, 16);
        GraphSession second = open(1, 8)) {
      List<float[]> expected = atOnce(PROMPT);
      List<float[]> expectedOther = atOnce(other);
      for (int i = 0; i < PROMPT.length; i++) {
        assertClose(logits(first.run(ids(1, PROMPT[i]), LOGITS), 0, 0), expected.get(i));
        assertClose(logits(second.run(ids(1, other[i]), LOGITS), 0, 0), expectedOther.get(i));
      }
    }
  }

  @Test
  void concurrentSessionsGiveTheSameResults() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        runs.add(threads.submit(this::singleStepsEqualOnePrefill));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void continuesBehindATruncation() {
    try (GraphSession session = open(1, 16)) {
      session.run(ids(1, 1, 5, 3, 10, 10, 10, 10, 10), LOGITS);
      session.truncate(State.SELF, 0, 3);
      assertSteps(session, PROMPT, 3);
    }
  }

  @Test
  void runsRowsOfDifferentLength() {
    int[] shorter = {1, 5, 9, 2};
    try (GraphSession session = open(2, 16)) {
      session.run(ids(2, 1, 5, 3, 9, 1, 5, 0, 0), LOGITS);
      session.truncate(State.SELF, 1, 2);
      List<float[]> expected = atOnce(PROMPT);
      List<float[]> expectedShorter = atOnce(shorter);
      for (int step = 0; step < 2; step++) {
        Map<String, Tensor> results =
            session.run(ids(2, PROMPT[4 + step], shorter[2 + step]), LOGITS);
        assertClose(logits(results, 0, 0), expected.get(4 + step));
        assertClose(logits(results, 1, 0), expectedShorter.get(2 + step));
      }
      assertThat(session.length(State.SELF, 1)).isEqualTo(4);
    }
  }

  @Test
  void reordersRows() {
    try (GraphSession session = open(3, 16)) {
      session.run(ids(3, 0, 0, 0, 1, 5, 3, 4, 4, 4), LOGITS);
      session.truncate(State.SELF, 2, 1);
      session.reorder(new int[] {1, 2, 1});
      Map<String, Tensor> results = session.run(ids(3, 9, 2, 9), LOGITS);
      float[] expected = atOnce(PROMPT).get(3);
      assertClose(logits(results, 0, 0), expected);
      assertClose(logits(results, 1, 0), atOnce(4, 2).get(1));
      assertClose(logits(results, 2, 0), expected);
    }
  }

  @Test
  void runsWithoutNewPositions() {
    try (GraphSession session = open(1, 16)) {
      assertThat(session.run(ids(1), LOGITS).get("logits").sizes()).containsExactly(1, 0, 11);
      session.run(ids(1, 1, 5, 3), LOGITS);
      session.run(ids(1), LOGITS);
      assertThat(session.length(State.SELF, 0)).isEqualTo(3);
      assertSteps(session, PROMPT, 3);
    }
  }

  @Test
  void keepsItsContentsWhenTheCacheIsFull() {
    try (GraphSession session = open(1, PROMPT.length)) {
      session.run(ids(1, 1, 5, 3), LOGITS);
      assertCode(() -> session.run(ids(1, 1, 1, 1, 1), LOGITS), ErrorCode.CONTEXT_TOO_LONG);
      assertSteps(session, PROMPT, 3);
    }
  }

  @Test
  void keepsItsLengthWhenARunFails() {
    try (GraphSession session = open(1, 16)) {
      session.run(ids(1, 1, 5, 3), LOGITS);
      assertCode(() -> session.run(ids(1, 99), LOGITS), ErrorCode.ENGINE_FAILURE);
      assertSteps(session, PROMPT, 3);
    }
  }

  @Test
  void rejectsWrongCalls() {
    try (GraphSession session = open(2, 16)) {
      assertCode(() -> session.run(Map.of(), LOGITS), ErrorCode.INVALID_ARGUMENT);
      assertCode(() -> session.run(ids(1, 1), LOGITS), ErrorCode.INVALID_ARGUMENT);
      assertCode(() -> session.run(ids(2, 1, 2), Set.of("x")), ErrorCode.INVALID_ARGUMENT);
      assertCode(() -> session.truncate(State.SELF, 0, 5), ErrorCode.INVALID_ARGUMENT);
      assertCode(() -> session.reorder(new int[] {2}), ErrorCode.INVALID_ARGUMENT);
    }
    assertCode(() -> compiled.openSession(SessionOptions.STATELESS), ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void failsAfterClosing() {
    GraphSession session = open(1, 4);
    session.close();
    session.close();
    assertCode(() -> session.run(ids(1, 1), LOGITS), ErrorCode.CLOSED);
  }

  @Test
  void sessionsOfAClosedGraphFailAndCanBeClosed() {
    Graph graph = TinyDecoder.graph();
    Backend backend = new TensorFlowBackendProvider().create(BackendOptions.DEFAULT);
    CompiledGraph own =
        backend.compile(graph, MemoryWeights.random(graph, 1), CompileOptions.DEFAULT);
    GraphSession session = own.openSession(new SessionOptions(1, Map.of(State.SELF, 4)));
    own.close();
    own.close();
    assertCode(() -> session.run(ids(1, 1), LOGITS), ErrorCode.CLOSED);
    session.close();
    assertCode(
        () -> own.openSession(new SessionOptions(1, Map.of(State.SELF, 4))), ErrorCode.CLOSED);
  }

  private static void assertCode(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(VlmException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}

package dev.vlm4j.conformance;

import static dev.vlm4j.conformance.SessionFixture.positions;
import static dev.vlm4j.conformance.SessionFixture.positionsOfRow;
import static dev.vlm4j.conformance.SessionFixture.second;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a session promises about its caches. */
interface SessionTests {
  /** Returns the backend that is examined. */
  BackendUnderTest subject();

  @Test
  default void keepsTheCacheWhenItWouldOverflow() {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        GraphSession session = fixture.open(1, 4);
        GraphSession undisturbed = fixture.open(1, 4)) {
      second(session, positions(1, 0, 3));
      second(undisturbed, positions(1, 0, 3));
      Failures.expect(ErrorCode.CONTEXT_TOO_LONG, () -> second(session, positions(1, 3, 2)));
      assertThat(session.length(State.SELF, 0)).isEqualTo(3);
      same(second(undisturbed, positions(1, 3, 1)), second(session, positions(1, 3, 1)));
      assertThat(session.length(State.SELF, 0)).isEqualTo(4);
      Failures.expect(ErrorCode.CONTEXT_TOO_LONG, () -> second(session, positions(1, 4, 1)));
    }
  }

  @Test
  default void givesTheSameResultsInOneRunAndStepByStep() {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        GraphSession whole = fixture.open(2, 6);
        GraphSession steps = fixture.open(2, 6)) {
      Tensor expected = lastPosition(second(whole, positions(2, 0, 6)));
      second(steps, positions(2, 0, 4));
      second(steps, positions(2, 4, 1));
      same(expected, second(steps, positions(2, 5, 1)));
    }
  }

  @Test
  default void continuesAfterTruncationAsIfTheRestHadNeverBeenSeen() {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        GraphSession rewound = fixture.open(1, 8);
        GraphSession straight = fixture.open(1, 8)) {
      second(rewound, positions(1, 0, 3));
      second(rewound, positions(1, 50, 4));
      rewound.truncate(State.SELF, 0, 3);
      assertThat(rewound.length(State.SELF, 0)).isEqualTo(3);
      second(straight, positions(1, 0, 3));
      same(second(straight, positions(1, 3, 2)), second(rewound, positions(1, 3, 2)));
    }
  }

  @Test
  default void rejectsTruncationBeyondTheLength() {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        GraphSession session = fixture.open(1, 8)) {
      second(session, positions(1, 0, 3));
      session.truncate(State.SELF, 0, 3);
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> session.truncate(State.SELF, 0, 4));
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> session.truncate(State.SELF, 0, -1));
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> session.truncate(State.SELF, 1, 0));
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> session.truncate("unknown", 0, 0));
      assertThat(session.length(State.SELF, 0)).isEqualTo(3);
    }
  }

  @Test
  default void keepsRowsOfDifferentLengthOrRefusesThem() {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        GraphSession session = fixture.open(2, 8)) {
      second(session, positions(2, 0, 4));
      if (subject().backend().supports(Capability.RAGGED_ROWS)) {
        session.truncate(State.SELF, 1, 2);
        continuesEachRowAtItsOwnLength(fixture, session);
      } else {
        Failures.expect(ErrorCode.SESSION_STATE, () -> session.truncate(State.SELF, 1, 2));
        assertThat(session.length(State.SELF, 1)).isEqualTo(4);
      }
    }
  }

  private static void continuesEachRowAtItsOwnLength(SessionFixture fixture, GraphSession session) {
    try (GraphSession upper = fixture.open(1, 8);
        GraphSession lower = fixture.open(1, 8)) {
      second(upper, positionsOfRow(0, 0, 4));
      second(lower, positionsOfRow(1, 0, 2));
      for (int step = 4; step < 6; step++) {
        assertThat(session.length(State.SELF, 0)).isEqualTo(step);
        assertThat(session.length(State.SELF, 1)).isEqualTo(step - 2);
        Tensor both = second(session, positions(2, step, 1));
        same(second(upper, positionsOfRow(0, step, 1)), row(both, 0));
        same(second(lower, positionsOfRow(1, step, 1)), row(both, 1));
      }
      session.reorder(new int[] {1, 0});
      assertThat(session.length(State.SELF, 0)).isEqualTo(4);
      assertThat(session.length(State.SELF, 1)).isEqualTo(6);
      Tensor swapped = second(session, positions(2, 6, 1));
      same(second(lower, positionsOfRow(0, 6, 1)), row(swapped, 0));
      same(second(upper, positionsOfRow(1, 6, 1)), row(swapped, 1));
    }
  }

  @Test
  default void rejectsImpossibleOrdersOfRows() {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        GraphSession session = fixture.open(2, 8);
        GraphSession undisturbed = fixture.open(2, 8)) {
      second(session, positions(2, 0, 2));
      second(undisturbed, positions(2, 0, 2));
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> session.reorder(new int[0]));
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> session.reorder(new int[] {1, 2}));
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> session.reorder(new int[] {0, 1, -1}));
      same(second(undisturbed, positions(2, 2, 1)), second(session, positions(2, 2, 1)));
    }
  }

  @Test
  default void growsAllCachesWhateverOutputsAreAskedFor() {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        GraphSession some = fixture.open(1, 8);
        GraphSession all = fixture.open(1, 8)) {
      Map<String, Tensor> results = some.run(positions(1, 0, 3), Set.of("first"));
      assertThat(results.keySet()).containsExactly("first");
      assertThat(some.run(positions(1, 3, 1), Set.of())).isEmpty();
      assertThat(some.length(State.SELF, 0)).isEqualTo(4);
      second(all, positions(1, 0, 4));
      same(second(all, positions(1, 4, 1)), second(some, positions(1, 4, 1)));
    }
  }

  @Test
  default void keepsSessionsApart() {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        GraphSession one = fixture.open(1, 8);
        GraphSession other = fixture.open(2, 6);
        GraphSession alone = fixture.open(1, 8)) {
      second(one, positions(1, 0, 3));
      second(other, positions(2, 20, 5));
      Tensor interleaved = second(one, positions(1, 3, 1));
      second(alone, positions(1, 0, 3));
      same(second(alone, positions(1, 3, 1)), interleaved);
      assertThat(one.length(State.SELF, 0)).isEqualTo(4);
      assertThat(other.length(State.SELF, 1)).isEqualTo(5);
    }
  }

  @Test
  default void resultsSurviveLaterRuns() {
    try (SessionFixture fixture = new SessionFixture(subject().backend());
        GraphSession session = fixture.open(1, 8)) {
      Tensor result = second(session, positions(1, 0, 2));
      Tensor copy = Tensor.of(result.floats().clone(), result.sizes());
      second(session, positions(1, 2, 2));
      session.truncate(State.SELF, 0, 1);
      second(session, positions(1, 7, 3));
      assertThat(result.floats()).containsExactly(copy.floats());
    }
  }

  @Test
  default void needsACapacityForEveryGroupOfStates() {
    try (SessionFixture fixture = new SessionFixture(subject().backend())) {
      Failures.expect(
          ErrorCode.INVALID_ARGUMENT,
          () -> fixture.compiled().openSession(SessionOptions.STATELESS).close());
    }
  }

  private static Tensor row(Tensor x, int row) {
    int count = x.count() / (int) x.size(0);
    float[] elements = new float[count];
    System.arraycopy(x.floats(), row * count, elements, 0, count);
    return Tensor.of(elements, 1, x.size(1), x.size(2));
  }

  private static Tensor lastPosition(Tensor x) {
    int rows = (int) x.size(0);
    int length = (int) x.size(1);
    int width = (int) x.size(2);
    float[] last = new float[rows * width];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(x.floats(), ((row + 1) * length - 1) * width, last, row * width, width);
    }
    return Tensor.of(last, rows, 1, width);
  }

  private static void same(Tensor expected, Tensor actual) {
    new Comparison("session", "another session", SessionFixture.TOLERANCE).check(expected, actual);
  }
}

package dev.vlm4j.conformance;

import static dev.vlm4j.conformance.RowFixture.CAPACITY;
import static dev.vlm4j.conformance.RowFixture.ENCODED;
import static dev.vlm4j.conformance.RowFixture.read;
import static dev.vlm4j.conformance.RowFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a session promises about the number and the order of its rows, in all groups of states. */
interface RowTests {
  /** Returns the backend that is examined. */
  BackendUnderTest subject();

  @Test
  default void continuesOneRowInSeveralWays() {
    try (RowFixture fixture = new RowFixture(subject().backend());
        GraphSession session = fixture.open(1)) {
      read(session, 4, 1);
      session.reorder(new int[] {0, 0, 0});
      for (int row = 0; row < 3; row++) {
        assertThat(session.length(State.SELF, row)).isEqualTo(4);
        assertThat(session.length(State.CROSS, row)).isEqualTo(ENCODED);
      }
      Tensor first = step(session, 1, 2, 3, 4);
      Tensor next = step(session, 1, 5, 6, 7);
      for (int row = 0; row < 3; row++) {
        try (GraphSession alone = fixture.open(1)) {
          read(alone, 4, 1);
          same(step(alone, 1, 2 + row), row(first, row));
          same(step(alone, 1, 5 + row), row(next, row));
        }
      }
    }
  }

  @Test
  default void keepsTheCapacityWhenRowsAreAdded() {
    try (RowFixture fixture = new RowFixture(subject().backend());
        GraphSession session = fixture.open(1)) {
      read(session, 4, 1);
      session.reorder(new int[] {0, 0});
      for (int length = 4; length < CAPACITY; length++) {
        step(session, 1, 1, 2);
      }
      Failures.expect(ErrorCode.CONTEXT_TOO_LONG, () -> step(session, 1, 1, 2));
      assertThat(session.length(State.SELF, 1)).isEqualTo(CAPACITY);
    }
  }

  @Test
  default void dropsRows() {
    try (RowFixture fixture = new RowFixture(subject().backend());
        GraphSession session = fixture.open(3);
        GraphSession alone = fixture.open(1)) {
      read(session, 3, 1, 2, 3);
      session.reorder(new int[] {1});
      read(alone, 3, 2);
      same(step(alone, 1, 4), step(session, 1, 4));
      same(step(alone, 2, 5), step(session, 2, 5));
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> step(session, 1, 4, 4, 4));
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> session.length(State.SELF, 1));
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> session.reorder(new int[] {1}));
    }
  }

  @Test
  default void copiesRowsInAnyOrderAndNumber() {
    try (RowFixture fixture = new RowFixture(subject().backend());
        GraphSession session = fixture.open(3)) {
      read(session, 3, 1, 2, 3);
      session.reorder(new int[] {2, 0, 2});
      step(session, 1, 4, 5, 6);
      session.reorder(new int[] {1, 0, 2, 0});
      Tensor result = step(session, 1, 7, 7, 7, 7);
      session.reorder(new int[] {3, 2});
      Tensor last = step(session, 1, 8, 9);
      same(alone(fixture, 1, 5, 7), row(result, 0));
      same(alone(fixture, 3, 4, 7), row(result, 1));
      same(alone(fixture, 3, 6, 7), row(result, 2));
      same(alone(fixture, 3, 4, 7), row(result, 3));
      same(alone(fixture, 3, 4, 7, 8), row(last, 0));
      same(alone(fixture, 3, 6, 7, 9), row(last, 1));
    }
  }

  @Test
  default void addsRowsAfterTruncation() {
    try (RowFixture fixture = new RowFixture(subject().backend());
        GraphSession session = fixture.open(1)) {
      read(session, 4, 1);
      step(session, 3, 9);
      session.truncate(State.SELF, 0, 4);
      session.reorder(new int[] {0, 0});
      Tensor several = step(session, 2, 2, 3);
      for (int row = 0; row < 2; row++) {
        try (GraphSession alone = fixture.open(1)) {
          read(alone, 4, 1);
          same(step(alone, 2, 2 + row), row(several, row));
        }
      }
    }
  }

  @Test
  default void startsAgainWithOtherRows() {
    try (RowFixture fixture = new RowFixture(subject().backend());
        GraphSession session = fixture.open(2);
        GraphSession fresh = fixture.open(3)) {
      read(session, 4, 1, 2);
      for (int row = 0; row < 2; row++) {
        session.truncate(State.SELF, row, 0);
        session.truncate(State.CROSS, row, 0);
      }
      session.reorder(new int[] {1, 0, 1});
      same(read(fresh, 4, 5, 6, 7), read(session, 4, 5, 6, 7));
    }
  }

  @Test
  default void copiesRowsOfDifferentLength() {
    if (!subject().backend().supports(Capability.RAGGED_ROWS)) {
      return; // there are none: see keepsRowsOfDifferentLengthOrRefusesThem
    }
    try (RowFixture fixture = new RowFixture(subject().backend());
        GraphSession session = fixture.open(2);
        GraphSession shorter = fixture.open(1)) {
      read(session, 3, 1, 2);
      session.truncate(State.SELF, 1, 2);
      session.reorder(new int[] {1, 0, 1});
      assertThat(session.length(State.SELF, 0)).isEqualTo(2);
      assertThat(session.length(State.SELF, 1)).isEqualTo(3);
      Tensor result = step(session, 1, 3, 3, 4);
      read(shorter, 3, 2);
      shorter.truncate(State.SELF, 0, 2);
      shorter.reorder(new int[] {0, 0});
      Tensor expected = step(shorter, 1, 3, 4);
      same(row(expected, 0), row(result, 0));
      same(alone(fixture, 1, 3), row(result, 1));
      same(row(expected, 1), row(result, 2));
    }
  }

  @Test
  default void changesNothingWhenARowToCopyDoesNotExist() {
    try (RowFixture fixture = new RowFixture(subject().backend());
        GraphSession session = fixture.open(1)) {
      read(session, 3, 1);
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> session.reorder(new int[0]));
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> session.reorder(new int[] {0, 1}));
      Failures.expect(ErrorCode.INVALID_ARGUMENT, () -> session.reorder(new int[] {-1}));
      same(alone(fixture, 1, 4), step(session, 1, 4));
    }
  }

  /** Reads the same number of positions of one row, then steps; returns the last result. */
  private static Tensor alone(RowFixture fixture, int seed, int... steps) {
    try (GraphSession session = fixture.open(1)) {
      Tensor result = read(session, 3, seed);
      for (int step : steps) {
        result = step(session, 1, step);
      }
      return result;
    }
  }

  private static Tensor row(Tensor x, int row) {
    int count = x.count() / (int) x.size(0);
    float[] elements = Arrays.copyOfRange(x.floats(), row * count, (row + 1) * count);
    return Tensor.of(elements, 1, x.size(1), x.size(2));
  }

  private static void same(Tensor expected, Tensor actual) {
    new Comparison("rows", "a session of its own", SessionFixture.TOLERANCE)
        .check(expected, actual);
  }
}

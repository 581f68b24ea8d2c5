package dev.vlm4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheLengthsTest {
  private final CacheLengths lengths =
      new CacheLengths(new SessionOptions(3, Map.of(State.SELF, 5)), graph());

  private static Graph graph() {
    GraphBuilder builder = new GraphBuilder("g");
    builder.state("k", 1, 2, State.SELF);
    builder.output("y", builder.input("x", DType.INT, Dim.fixed(1)));
    return builder.build();
  }

  private static void assertInvalid(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(message);
  }

  @Test
  void advancesAllRowsAndCutsSingleOnes() {
    lengths.advance(State.SELF, 4);
    assertThat(lengths.isUniform(State.SELF)).isTrue();
    lengths.truncate(State.SELF, 1, 2);
    assertThat(lengths.lengths(State.SELF)).containsExactly(4, 2, 4);
    assertThat(lengths.isUniform(State.SELF)).isFalse();
    assertThat(lengths.longest(State.SELF)).isEqualTo(4);
  }

  @Test
  void reordersByTheFormerLengths() {
    lengths.advance(State.SELF, 3);
    lengths.truncate(State.SELF, 0, 1);
    lengths.truncate(State.SELF, 1, 2);
    lengths.reorder(new int[] {2, 0, 0});
    assertThat(lengths.lengths(State.SELF)).containsExactly(3, 1, 1);
  }

  @Test
  void badSourcesChangeNothing() {
    lengths.advance(State.SELF, 3);
    lengths.truncate(State.SELF, 0, 1);
    assertInvalid(() -> lengths.reorder(new int[] {1, 1, 9}), "9");
    assertInvalid(() -> lengths.reorder(new int[0]), "at least one row");
    assertThat(lengths.lengths(State.SELF)).containsExactly(1, 3, 3);
  }

  @Test
  void hasAsManyRowsAsSources() {
    lengths.advance(State.SELF, 3);
    lengths.truncate(State.SELF, 2, 1);
    lengths.reorder(new int[] {2});
    assertThat(lengths.rows()).isEqualTo(1);
    lengths.advance(State.SELF, 1);
    lengths.reorder(new int[] {0, 0});
    assertThat(lengths.lengths(State.SELF)).containsExactly(2, 2);
    assertInvalid(() -> lengths.length(State.SELF, 2), "the session has 2");
  }

  @Test
  void knowsWhetherRowsStayWhereTheyAre() {
    assertThat(lengths.isSameOrder(new int[] {0, 1, 2})).isTrue();
    assertThat(lengths.isSameOrder(new int[] {0, 2, 1})).isFalse();
    assertThat(lengths.isSameOrder(new int[] {0, 1})).isFalse();
  }

  @Test
  void copiesOfOneRowNeedNoCopyingUntilTheyAreContinuedOrCut() {
    lengths.advance(State.SELF, 3);
    assertThat(lengths.toCopy(State.SELF, new int[] {0, 1, 2})).isZero();
    assertThat(lengths.toCopy(State.SELF, new int[] {0, 0, 0})).isEqualTo(3);
    lengths.reorder(new int[] {1, 1, 1});
    assertThat(lengths.toCopy(State.SELF, new int[] {2, 0, 1})).isZero();
    lengths.advance(State.SELF, 0);
    assertThat(lengths.toCopy(State.SELF, new int[] {2, 0, 1})).isZero();
    assertThat(lengths.toCopy(State.SELF, new int[] {2, 0})).isEqualTo(3);
    lengths.truncate(State.SELF, 0, 3);
    assertThat(lengths.toCopy(State.SELF, new int[] {0, 2, 1})).isZero();
    assertThat(lengths.toCopy(State.SELF, new int[] {1, 0, 2})).isEqualTo(3);
    lengths.advance(State.SELF, 1);
    assertThat(lengths.toCopy(State.SELF, new int[] {0, 2, 1})).isEqualTo(4);
    assertInvalid(() -> lengths.toCopy(State.SELF, new int[] {3}), "3");
  }

  @Test
  void refusesMoreThanTheCapacity() {
    lengths.advance(State.SELF, 4);
    lengths.checkRoom(State.SELF, 1);
    assertThatThrownBy(() -> lengths.checkRoom(State.SELF, 2))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTEXT_TOO_LONG))
        .hasMessageContaining("room for 5 positions, 6 are needed");
  }

  @Test
  void refusesUnknownGroupsRowsAndLengths() {
    assertInvalid(() -> lengths.length("other", 0), "there are: [self]");
    assertInvalid(() -> lengths.length(State.SELF, 3), "3");
    assertInvalid(() -> lengths.truncate(State.SELF, 0, 1), "cannot be cut to 1");
    assertInvalid(() -> lengths.truncate(State.SELF, 0, -1), "cannot be cut to -1");
  }

  @Test
  void refusesSessionsWithoutCapacity() {
    assertInvalid(
        () -> new CacheLengths(new SessionOptions(1, Map.of()), graph()), "group of states 'self'");
  }

  @Test
  void refusesEmptySessions() {
    assertThatThrownBy(() -> new SessionOptions(0, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SessionOptions(1, Map.of(State.SELF, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.vlm4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DimTest {
  private static final Dim N = Dim.symbol("n");

  @Test
  void multipliesDividesAndShiftsSymbols() {
    assertThat(N.times(6).dividedBy(4)).hasToString("n*3/2");
    assertThat(N.dividedBy(4).times(4)).isEqualTo(N);
    assertThat(N.times(2).plus(4).dividedBy(2)).hasToString("n+2");
    assertThat(N.plus(-1)).hasToString("n-1");
    assertThat(N.plus(1).times(3)).hasToString("n*3+3");
  }

  @Test
  void computesFixedLengthsAtOnce() {
    assertThat(Dim.fixed(6).times(4).dividedBy(8).plus(-3)).isEqualTo(Dim.fixed(0));
    assertThat(Dim.fixed(6).size()).isEqualTo(6);
  }

  @Test
  void evaluatesForTheValueOfItsSymbol() {
    assertThat(N.times(3).dividedBy(2).plus(1).evaluate(4)).isEqualTo(7);
    assertThat(Dim.fixed(5).evaluate(99)).isEqualTo(5);
  }

  @Test
  void refusesValuesThatTheDivisorDoesNotDivide() {
    assertThatThrownBy(() -> N.dividedBy(2).evaluate(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimension n/2 is impossible with n = 3");
  }

  @Test
  void refusesNegativeLengths() {
    assertThatThrownBy(() -> N.plus(-2).evaluate(1)).hasMessageContaining("impossible with n = 1");
    assertThatThrownBy(() -> Dim.fixed(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Dim.fixed(1).plus(-2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesToDivideAFixedPartWithRemainder() {
    assertThatThrownBy(() -> Dim.fixed(5).dividedBy(2)).hasMessage("5 is not divisible by 2");
    assertThatThrownBy(() -> N.plus(1).dividedBy(2)).hasMessage("n+1 is not divisible by 2");
  }

  @Test
  void refusesFactorsBelowOne() {
    assertThatThrownBy(() -> N.times(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> N.dividedBy(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Dim.fixed(4).dividedBy(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void symbolicLengthsHaveNoSize() {
    assertThatThrownBy(N::size).isInstanceOf(IllegalStateException.class).hasMessageContaining("n");
  }

  @Test
  void shapesCountFromBothEnds() {
    Shape shape = Shape.of(N, Dim.fixed(3));
    assertThat(shape.dim(-1)).isEqualTo(shape.dim(1)).isEqualTo(Dim.fixed(3));
    assertThat(shape.with(0, Dim.fixed(2)).elements()).isEqualTo(6);
    assertThat(shape.isFixed()).isFalse();
    assertThat(shape).hasToString("[n, 3]");
    assertThat(Shape.of().elements()).isEqualTo(1);
    assertThat(Shape.fixed(2, 0).sizes()).containsExactly(2, 0);
  }

  @Test
  void elementCountsThatOverflowAreErrors() {
    Shape shape = Shape.fixed(1L << 40, 1L << 40);
    assertThatThrownBy(shape::elements).isInstanceOf(ArithmeticException.class);
  }
}

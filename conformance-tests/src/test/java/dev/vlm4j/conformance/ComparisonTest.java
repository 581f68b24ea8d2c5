package dev.vlm4j.conformance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.Tolerance;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Tolerance LOOSE = new Tolerance(0.125, 0.25, "for this test");
  private static final Comparison COMPARISON = new Comparison("case x", "somebody", LOOSE);

  @Test
  void namesTheFirstDifference() {
    Tensor expected = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Tensor actual = Tensor.of(new float[] {1, 2.5f, 3, 4, 7.5f, 9}, 2, 3);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> COMPARISON.check(expected, actual))
        .withMessage(
            "case x: element [1, 1]: expected 5.0 (somebody), got 7.5; 2 of 6 elements differ;"
                + " tolerance: absolute 0.125, relative 0.25 (for this test)");
  }

  @Test
  void comparesIntegersExactly() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () -> COMPARISON.check(Tensor.of(new int[] {4}, 1), Tensor.of(new int[] {5}, 1)))
        .withMessageContaining("expected 4 (somebody), got 5");
  }

  @Test
  void rejectsOtherShapesAndTypes() {
    Tensor expected = Tensor.of(new float[] {1, 2}, 2);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> COMPARISON.check(expected, Tensor.of(new float[] {1, 2}, 1, 2)))
        .withMessageContaining("expected FLOAT32[2] (somebody), got FLOAT32[1, 2]");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> COMPARISON.check(expected, Tensor.of(new int[] {1, 2}, 2)));
  }

  @Test
  void acceptsNoNaNForANumber() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                COMPARISON.check(
                    Tensor.of(new float[] {1}, 1), Tensor.of(new float[] {Float.NaN}, 1)));
  }

  @Test
  void acceptsWhatIsWithinTheTolerance() {
    Tensor expected = Tensor.of(new float[] {0, 4, Float.NEGATIVE_INFINITY}, 3);
    Tensor actual = Tensor.of(new float[] {-0.125f, 5.125f, Float.NEGATIVE_INFINITY}, 3);
    assertThatCode(() -> COMPARISON.check(expected, actual)).doesNotThrowAnyException();
  }
}

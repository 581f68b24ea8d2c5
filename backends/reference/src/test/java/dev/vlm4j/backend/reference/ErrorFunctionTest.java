package dev.vlm4j.backend.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorFunctionTest {

  /** Values of Abramowitz and Stegun, table 7.1, and of the tail. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.1, 0.1124629160182849",
    "0.5, 0.5204998778130465",
    "1, 0.8427007929497149",
    "2, 0.9953222650189527",
    "3, 0.9999779095030014",
    "5, 0.9999999999984626",
    "40, 1"
  })
  void givesPublishedValues(double x, double expected) {
    assertThat(ErrorFunction.erf(x)).isCloseTo(expected, within(2e-15));
    assertThat(ErrorFunction.erf(-x)).isCloseTo(-expected, within(2e-15));
  }

  @Test
  void keepsTinyArgumentsAndNaN() {
    assertThat(ErrorFunction.erf(1e-30)).isCloseTo(1.1283791670955126e-30, within(1e-45));
    assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
    assertThat(ErrorFunction.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
  }
}

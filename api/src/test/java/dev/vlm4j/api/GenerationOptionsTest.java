package dev.vlm4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import org.junit.jupiter.api.Test;

class GenerationOptionsTest {
  private final GenerationOptions options = GenerationOptions.DEFAULT;

  @Test
  void refusesValuesOutsideTheirRanges() {
    assertInvalid(() -> options.withMaxNewTokens(0), "maxNewTokens must be at least 1, got 0");
    assertInvalid(() -> options.withNumBeams(0), "numBeams must be at least 1");
    assertInvalid(() -> options.withNoRepeatNgramSize(-1), "noRepeatNgramSize must be 0 (off)");
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertInvalid(() -> options.withRepetitionPenalty(bad), "greater than 0, got " + bad);
    }
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertInvalid(() -> options.withLengthPenalty(bad), "finite number, got " + bad);
    }
  }

  @Test
  void keepsWhatWasSetBefore() {
    GenerationOptions all =
        options
            .withMaxNewTokens(3)
            .withNumBeams(4)
            .withLengthPenalty(-0.5)
            .withEarlyStopping(EarlyStopping.NEVER)
            .withRepetitionPenalty(1.5)
            .withNoRepeatNgramSize(2)
            .withIgnoreEndOfSequence(true)
            .withMaxNewTokens(5);
    assertThat(all.maxNewTokens()).hasValue(5);
    assertThat(all.numBeams()).isEqualTo(4);
    assertThat(all.lengthPenalty()).hasValue(-0.5);
    assertThat(all.earlyStopping()).hasValue(EarlyStopping.NEVER);
    assertThat(all.repetitionPenalty()).hasValue(1.5);
    assertThat(all.noRepeatNgramSize()).hasValue(2);
    assertThat(all.ignoreEndOfSequence()).isTrue();
  }

  @Test
  void isGreedyAndLeavesTheRestToTheCheckpointByDefault() {
    assertThat(options.numBeams()).isEqualTo(1);
    assertThat(options.maxNewTokens()).isEmpty();
    assertThat(options.lengthPenalty()).isEmpty();
    assertThat(options.earlyStopping()).isEmpty();
    assertThat(options.noRepeatNgramSize()).isEmpty();
  }

  private static void assertInvalid(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(message);
  }
}

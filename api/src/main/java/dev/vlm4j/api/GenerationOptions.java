package dev.vlm4j.api;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Settings of one request. What is not set comes from the checkpoint's {@code
 * generation_config.json}, then from the defaults named here. Decoding is greedy. Immutable.
 */
public final class GenerationOptions {
  /** Limit of new tokens if neither caller nor checkpoint sets one. */
  public static final int DEFAULT_MAX_NEW_TOKENS = 512;

  /** Everything from the checkpoint. */
  public static final GenerationOptions DEFAULT =
      new GenerationOptions(OptionalInt.empty(), OptionalDouble.empty(), false);

  private final OptionalInt maxNewTokens;
  private final OptionalDouble repetitionPenalty;
  private final boolean ignoreEndOfSequence;

  private GenerationOptions(
      OptionalInt maxNewTokens, OptionalDouble repetitionPenalty, boolean ignoreEndOfSequence) {
    this.maxNewTokens = maxNewTokens;
    this.repetitionPenalty = repetitionPenalty;
    this.ignoreEndOfSequence = ignoreEndOfSequence;
  }

  /**
   * Returns these options with a limit of new tokens.
   *
   * @param limit at least 1
   * @throws VlmException {@code INVALID_ARGUMENT} below 1
   */
  public GenerationOptions withMaxNewTokens(int limit) {
    if (limit < 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "maxNewTokens must be at least 1, got " + limit);
    }
    return new GenerationOptions(OptionalInt.of(limit), repetitionPenalty, ignoreEndOfSequence);
  }

  /**
   * Returns these options with a repetition penalty: scores of tokens that prompt or answer contain
   * are divided by it if positive, multiplied if negative. Source: Keskar et al. 2019, <a
   * href="https://arxiv.org/abs/1909.05858">arXiv:1909.05858</a>.
   *
   * @param penalty greater than 0; 1 changes nothing
   * @throws VlmException {@code INVALID_ARGUMENT} for 0, negative or infinite values
   */
  public GenerationOptions withRepetitionPenalty(double penalty) {
    if (!(penalty > 0) || Double.isInfinite(penalty)) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "repetitionPenalty must be greater than 0, got " + penalty);
    }
    return new GenerationOptions(maxNewTokens, OptionalDouble.of(penalty), ignoreEndOfSequence);
  }

  /** Returns these options with or without stopping at end-of-sequence tokens; for benchmarks. */
  public GenerationOptions withIgnoreEndOfSequence(boolean ignore) {
    return new GenerationOptions(maxNewTokens, repetitionPenalty, ignore);
  }

  /** Returns the limit of new tokens, if set. */
  public OptionalInt maxNewTokens() {
    return maxNewTokens;
  }

  /** Returns the repetition penalty, if set. */
  public OptionalDouble repetitionPenalty() {
    return repetitionPenalty;
  }

  /** Returns whether end-of-sequence tokens do not end the answer. */
  public boolean ignoreEndOfSequence() {
    return ignoreEndOfSequence;
  }
}

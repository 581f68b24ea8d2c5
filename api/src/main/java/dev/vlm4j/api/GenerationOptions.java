package dev.vlm4j.api;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Settings of one request. What is not set comes from the checkpoint's {@code
 * generation_config.json}, then from the defaults named here. Immutable.
 *
 * <p>Decoding is greedy unless {@link #withNumBeams} asks for beams: the number of beams is the one
 * setting that never comes from the checkpoint. The checkpoint's other settings of the search (its
 * length penalty, when it stops early) act once there are beams. A beam search knows its answer
 * only when it ends: a {@link GenerationListener} then gets it in one piece.
 */
public final class GenerationOptions {
  /** Limit of new tokens if neither caller nor checkpoint sets one. */
  public static final int DEFAULT_MAX_NEW_TOKENS = 512;

  /** Everything from the checkpoint, greedy. */
  public static final GenerationOptions DEFAULT =
      new GenerationOptions(
          OptionalInt.empty(),
          1,
          OptionalDouble.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          false);

  private final OptionalInt maxNewTokens;
  private final int numBeams;
  private final OptionalDouble lengthPenalty;
  private final Optional<EarlyStopping> earlyStopping;
  private final OptionalDouble repetitionPenalty;
  private final OptionalInt noRepeatNgramSize;
  private final boolean ignoreEndOfSequence;

  private GenerationOptions(
      OptionalInt maxNewTokens,
      int numBeams,
      OptionalDouble lengthPenalty,
      Optional<EarlyStopping> earlyStopping,
      OptionalDouble repetitionPenalty,
      OptionalInt noRepeatNgramSize,
      boolean ignoreEndOfSequence) {
    this.maxNewTokens = maxNewTokens;
    this.numBeams = numBeams;
    this.lengthPenalty = lengthPenalty;
    this.earlyStopping = earlyStopping;
    this.repetitionPenalty = repetitionPenalty;
    this.noRepeatNgramSize = noRepeatNgramSize;
    this.ignoreEndOfSequence = ignoreEndOfSequence;
  }

  /**
   * Returns these options with a limit of new tokens.
   *
   * @param limit at least 1
   * @throws VlmException {@code INVALID_ARGUMENT} below 1
   */
  public GenerationOptions withMaxNewTokens(int limit) {
    require(limit >= 1, "maxNewTokens must be at least 1, got " + limit);
    return new GenerationOptions(
        OptionalInt.of(limit),
        numBeams,
        lengthPenalty,
        earlyStopping,
        repetitionPenalty,
        noRepeatNgramSize,
        ignoreEndOfSequence);
  }

  /**
   * Returns these options with a number of beams: so many answers are followed at once, and the one
   * with the highest score wins.
   *
   * @param beams at least 1, which is greedy decoding
   * @throws VlmException {@code INVALID_ARGUMENT} below 1
   */
  public GenerationOptions withNumBeams(int beams) {
    require(beams >= 1, "numBeams must be at least 1 (1 is greedy decoding), got " + beams);
    return new GenerationOptions(
        maxNewTokens,
        beams,
        lengthPenalty,
        earlyStopping,
        repetitionPenalty,
        noRepeatNgramSize,
        ignoreEndOfSequence);
  }

  /**
   * Returns these options with a length penalty: the score of an answer is the sum of the log
   * probabilities of its tokens, divided by their number raised to this power. More than 0 favours
   * long answers, less than 0 short ones. Acts with beams only; 1 if neither caller nor checkpoint
   * sets it.
   *
   * @param penalty any finite number
   * @throws VlmException {@code INVALID_ARGUMENT} for NaN and infinite values
   */
  public GenerationOptions withLengthPenalty(double penalty) {
    require(Double.isFinite(penalty), "lengthPenalty must be a finite number, got " + penalty);
    return new GenerationOptions(
        maxNewTokens,
        numBeams,
        OptionalDouble.of(penalty),
        earlyStopping,
        repetitionPenalty,
        noRepeatNgramSize,
        ignoreEndOfSequence);
  }

  /**
   * Returns these options with a rule that says when a beam search ends. Acts with beams only;
   * {@link EarlyStopping#FALSE} if neither caller nor checkpoint sets it.
   */
  public GenerationOptions withEarlyStopping(EarlyStopping stopping) {
    return new GenerationOptions(
        maxNewTokens,
        numBeams,
        lengthPenalty,
        Optional.of(stopping),
        repetitionPenalty,
        noRepeatNgramSize,
        ignoreEndOfSequence);
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
    require(
        penalty > 0 && Double.isFinite(penalty),
        "repetitionPenalty must be greater than 0, got " + penalty);
    return new GenerationOptions(
        maxNewTokens,
        numBeams,
        lengthPenalty,
        earlyStopping,
        OptionalDouble.of(penalty),
        noRepeatNgramSize,
        ignoreEndOfSequence);
  }

  /**
   * Returns these options with a size of token runs that may occur only once in prompt and answer
   * (for an encoder-decoder: in the answer and its start token).
   *
   * @param size number of tokens of a run; 0 allows repeats, whatever the checkpoint says
   * @throws VlmException {@code INVALID_ARGUMENT} below 0
   */
  public GenerationOptions withNoRepeatNgramSize(int size) {
    require(size >= 0, "noRepeatNgramSize must be 0 (off) or more, got " + size);
    return new GenerationOptions(
        maxNewTokens,
        numBeams,
        lengthPenalty,
        earlyStopping,
        repetitionPenalty,
        OptionalInt.of(size),
        ignoreEndOfSequence);
  }

  /** Returns these options with or without stopping at end-of-sequence tokens; for benchmarks. */
  public GenerationOptions withIgnoreEndOfSequence(boolean ignore) {
    return new GenerationOptions(
        maxNewTokens,
        numBeams,
        lengthPenalty,
        earlyStopping,
        repetitionPenalty,
        noRepeatNgramSize,
        ignore);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new VlmException(ErrorCode.INVALID_ARGUMENT, message);
    }
  }

  /** Returns the limit of new tokens, if set. */
  public OptionalInt maxNewTokens() {
    return maxNewTokens;
  }

  /** Returns the number of beams; 1 is greedy decoding. */
  public int numBeams() {
    return numBeams;
  }

  /** Returns the length penalty, if set. */
  public OptionalDouble lengthPenalty() {
    return lengthPenalty;
  }

  /** Returns when a beam search ends, if set. */
  public Optional<EarlyStopping> earlyStopping() {
    return earlyStopping;
  }

  /** Returns the repetition penalty, if set. */
  public OptionalDouble repetitionPenalty() {
    return repetitionPenalty;
  }

  /** Returns the size of token runs that may occur only once, if set. */
  public OptionalInt noRepeatNgramSize() {
    return noRepeatNgramSize;
  }

  /** Returns whether end-of-sequence tokens do not end the answer. */
  public boolean ignoreEndOfSequence() {
    return ignoreEndOfSequence;
  }
}

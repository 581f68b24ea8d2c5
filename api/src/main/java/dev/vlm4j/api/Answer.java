package dev.vlm4j.api;

import java.util.List;
import java.util.Optional;

/**
 * What the model answered.
 *
 * @param text decoded new tokens without special tokens
 * @param tokenIds generated ids, a final end-of-sequence id included
 * @param promptTokenIds ids of the whole prompt
 * @param finishReason why it ended
 * @param usage token counts
 * @param timings wall-clock times
 * @param parsed the text read as things and places, if the task has such a form
 */
public record Answer(
    String text,
    List<Integer> tokenIds,
    List<Integer> promptTokenIds,
    FinishReason finishReason,
    Usage usage,
    Timings timings,
    Optional<ParsedAnswer> parsed) {
  /** Keeps immutable copies. */
  public Answer {
    tokenIds = List.copyOf(tokenIds);
    promptTokenIds = List.copyOf(promptTokenIds);
  }

  /** Creates an answer whose task has no parsed form. */
  public Answer(
      String text,
      List<Integer> tokenIds,
      List<Integer> promptTokenIds,
      FinishReason finishReason,
      Usage usage,
      Timings timings) {
    this(text, tokenIds, promptTokenIds, finishReason, usage, timings, Optional.empty());
  }

  /** Returns this answer with its parsed form. */
  public Answer withParsed(ParsedAnswer form) {
    return new Answer(
        text, tokenIds, promptTokenIds, finishReason, usage, timings, Optional.of(form));
  }
}

package dev.vlm4j.api;

import java.util.List;

/**
 * What the model answered.
 *
 * @param text decoded new tokens without special tokens
 * @param tokenIds generated ids, a final end-of-sequence id included
 * @param promptTokenIds ids of the whole prompt
 * @param finishReason why it ended
 * @param usage token counts
 * @param timings wall-clock times
 */
public record Answer(
    String text,
    List<Integer> tokenIds,
    List<Integer> promptTokenIds,
    FinishReason finishReason,
    Usage usage,
    Timings timings) {
  /** Keeps immutable copies. */
  public Answer {
    tokenIds = List.copyOf(tokenIds);
    promptTokenIds = List.copyOf(promptTokenIds);
  }
}

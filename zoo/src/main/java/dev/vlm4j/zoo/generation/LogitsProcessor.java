package dev.vlm4j.zoo.generation;

/** One rule that changes the scores of the next token, in place. Stateless. */
@FunctionalInterface
interface LogitsProcessor {
  /**
   * Changes the scores.
   *
   * @param sequence ids of prompt and answer so far
   * @param promptLength how many of them are the prompt
   * @param scores one per token of the vocabulary
   */
  void apply(TokenSequence sequence, int promptLength, float[] scores);
}

package dev.vlm4j.zoo.generation;

import java.util.Collection;

/**
 * One rule that changes the scores of the next token, in place: logits in greedy decoding, log
 * probabilities in a beam search. Stateless.
 */
@FunctionalInterface
interface LogitsProcessor {
  /**
   * Changes the scores.
   *
   * @param sequence ids that the decoder has read: of an encoder-decoder the start token and the
   *     answer, else prompt and answer
   * @param scores one per token of the vocabulary
   */
  void apply(TokenSequence sequence, float[] scores);

  /** Prompts and settings may hold ids that the decoder has no score for. */
  static void forbid(int id, float[] scores) {
    if (id >= 0 && id < scores.length) {
      scores[id] = Float.NEGATIVE_INFINITY;
    }
  }

  /** Forbids all of the ids. */
  static void forbid(Collection<Integer> ids, float[] scores) {
    ids.forEach(id -> forbid(id, scores));
  }
}

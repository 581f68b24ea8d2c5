package dev.vlm4j.zoo.generation;

import java.util.Set;

/**
 * Forbids the end while the answer is short.
 *
 * @param tokens the least number of new ids
 * @param eos ids that end a sequence
 */
record MinNewTokens(int tokens, Set<Integer> eos) implements LogitsProcessor {
  @Override
  public void apply(TokenSequence sequence, float[] scores) {
    if (sequence.newTokens() < tokens) {
      LogitsProcessor.forbid(eos, scores);
    }
  }
}

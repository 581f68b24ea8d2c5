package dev.vlm4j.zoo.generation;

import java.util.Set;

/**
 * Forbids the end while the whole sequence is short.
 *
 * @param length the least number of ids, those that the decoder starts with included
 * @param eos ids that end a sequence
 */
record MinLength(int length, Set<Integer> eos) implements LogitsProcessor {
  @Override
  public void apply(TokenSequence sequence, float[] scores) {
    if (sequence.size() < length) {
      LogitsProcessor.forbid(eos, scores);
    }
  }
}

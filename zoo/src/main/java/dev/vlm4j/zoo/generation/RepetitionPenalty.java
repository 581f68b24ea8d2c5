package dev.vlm4j.zoo.generation;

import java.util.BitSet;

/**
 * Makes ids of the sequence less likely.
 *
 * @param factor positive scores are divided by it, negative ones multiplied
 */
record RepetitionPenalty(float factor) implements LogitsProcessor {
  @Override
  public void apply(TokenSequence sequence, float[] scores) {
    BitSet seen = new BitSet(scores.length);
    for (int i = 0; i < sequence.size(); i++) {
      int id = sequence.get(i);
      if (id < scores.length && !seen.get(id)) {
        seen.set(id);
        scores[id] = scores[id] < 0 ? scores[id] * factor : scores[id] / factor;
      }
    }
  }
}

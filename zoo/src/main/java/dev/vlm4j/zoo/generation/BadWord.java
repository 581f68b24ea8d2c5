package dev.vlm4j.zoo.generation;

import java.util.List;

/**
 * Forbids the last id of a word after the others.
 *
 * @param ids the word, at least one id
 */
record BadWord(List<Integer> ids) implements LogitsProcessor {
  @Override
  public void apply(TokenSequence sequence, float[] scores) {
    int before = ids.size() - 1;
    int start = sequence.size() - before;
    if (start < 0) {
      return;
    }
    for (int i = 0; i < before; i++) {
      if (sequence.get(start + i) != ids.get(i)) {
        return;
      }
    }
    LogitsProcessor.forbid(ids.get(before), scores);
  }
}

package dev.vlm4j.zoo.generation;

/**
 * Forbids ids that would repeat a run of ids.
 *
 * @param size length of the runs
 */
record NoRepeatedNgrams(int size) implements LogitsProcessor {
  @Override
  public void apply(TokenSequence sequence, float[] scores) {
    for (int start = 0; start + size <= sequence.size(); start++) {
      if (sequence.endsWith(start, size - 1)) {
        LogitsProcessor.forbid(sequence.get(start + size - 1), scores);
      }
    }
  }
}

package dev.vlm4j.zoo.generation;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Leaves no choice at one place: all other ids become impossible.
 *
 * @param ids what may stand there
 * @param place whether a sequence is just before that place
 */
record ForcedTokens(List<Integer> ids, Predicate<TokenSequence> place) implements LogitsProcessor {
  /** The second id of a sequence: the first new one of an encoder-decoder. */
  static ForcedTokens second(int id) {
    return new ForcedTokens(List.of(id), sequence -> sequence.size() == 1);
  }

  /** The last id that a limit of new ids lets in. */
  static ForcedTokens last(int maxNewTokens, List<Integer> ids) {
    return new ForcedTokens(ids, sequence -> sequence.newTokens() == maxNewTokens - 1);
  }

  @Override
  public void apply(TokenSequence sequence, float[] scores) {
    if (place.test(sequence)) {
      Arrays.fill(scores, Float.NEGATIVE_INFINITY);
      ids.forEach(id -> scores[id] = 0);
    }
  }
}

package dev.vlm4j.zoo.generation;

import java.util.List;
import java.util.function.Predicate;

/**
 * Forbids ids everywhere, or before one new id only.
 *
 * @param ids what is forbidden
 * @param place whether it is forbidden after a sequence
 */
record SuppressedTokens(List<Integer> ids, Predicate<TokenSequence> place)
    implements LogitsProcessor {
  static SuppressedTokens everywhere(List<Integer> ids) {
    return new SuppressedTokens(ids, sequence -> true);
  }

  /** Forbids ids behind a number of new ids. */
  static SuppressedTokens after(int newTokens, List<Integer> ids) {
    return new SuppressedTokens(ids, sequence -> sequence.newTokens() == newTokens);
  }

  @Override
  public void apply(TokenSequence sequence, float[] scores) {
    if (place.test(sequence)) {
      LogitsProcessor.forbid(ids, scores);
    }
  }
}

package dev.vlm4j.zoo.parity;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The first token in which two answers differ.
 *
 * @param index its place in the answer, from 0
 * @param expected the base's token; empty if its answer ends here
 * @param actual the other engine's token; empty if its answer ends here
 */
public record OtherToken(int index, OptionalInt expected, OptionalInt actual) {
  static Optional<OtherToken> of(List<Integer> expected, List<Integer> actual) {
    if (expected.equals(actual)) {
      return Optional.empty();
    }
    int index = 0;
    while (at(expected, index).equals(at(actual, index))) {
      index++;
    }
    return Optional.of(new OtherToken(index, at(expected, index), at(actual, index)));
  }

  private static OptionalInt at(List<Integer> ids, int index) {
    return index < ids.size() ? OptionalInt.of(ids.get(index)) : OptionalInt.empty();
  }
}

package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.FinishReason;
import java.util.List;

/**
 * What decoding came to.
 *
 * @param tokenIds new ids
 * @param text their text
 * @param reason why there are no more
 * @param prefillMs time until the prompt was read
 */
record Decoded(List<Integer> tokenIds, String text, FinishReason reason, double prefillMs) {
  /** Keeps an immutable copy. */
  Decoded {
    tokenIds = List.copyOf(tokenIds);
  }
}

package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.FinishReason;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for an answer however its ids are chosen. Immutable.
 *
 * @param processors change scores, in order
 * @param eos ids that end the answer
 * @param maxNewTokens the most ids that it may have
 */
record DecodingRules(List<LogitsProcessor> processors, Set<Integer> eos, int maxNewTokens) {
  /** Keeps immutable copies. */
  DecodingRules {
    processors = List.copyOf(processors);
    eos = Set.copyOf(eos);
  }

  /** Changes the scores of what may follow a sequence. */
  void process(TokenSequence sequence, float[] scores) {
    processors.forEach(processor -> processor.apply(sequence, scores));
  }

  /**
   * Returns why a sequence ends with an id; null if it goes on.
   *
   * @param newTokens how many new ids it has, this one included
   */
  @Nullable FinishReason finish(int id, int newTokens) {
    if (eos.contains(id)) {
      return FinishReason.STOP;
    }
    return newTokens >= maxNewTokens ? FinishReason.LENGTH : null;
  }

  /**
   * Checks the best score.
   *
   * @param newTokens how many new ids there are so far
   * @throws VlmException {@code ENGINE_FAILURE} if the scores are no numbers, {@code
   *     INVALID_ARGUMENT} if the rules forbid every id
   */
  void checkUsable(float best, int newTokens) {
    if (best == Float.NEGATIVE_INFINITY && !processors.isEmpty()) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "no token is allowed after "
              + newTokens
              + " new ones: the rules of this request and of generation_config.json (such as"
              + " no_repeat_ngram_size, suppress_tokens or bad_words_ids) forbid all; loosen them or"
              + " lower max_new_tokens");
    }
    if (Float.isNaN(best) || best == Float.NEGATIVE_INFINITY) {
      throw new VlmException(
          ErrorCode.ENGINE_FAILURE,
          "the engine gave no usable scores for token "
              + newTokens
              + ": the weights are damaged or the precision is too low; try fp32");
    }
  }
}

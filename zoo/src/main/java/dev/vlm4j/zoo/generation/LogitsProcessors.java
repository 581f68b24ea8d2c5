package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.zoo.checkpoint.GenerationConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the rules of a request, in the order of the reference. Source: <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/generation/logits_process.py">logits_process.py</a>.
 *
 * @param config settings of the checkpoint
 * @param options settings of the caller, which win
 * @param eos end-of-sequence ids; empty to ignore them
 * @param startLength number of ids that the decoder starts with
 * @param maxNewTokens limit of the request
 */
record LogitsProcessors(
    GenerationConfig config,
    GenerationOptions options,
    Set<Integer> eos,
    int startLength,
    int maxNewTokens) {
  /** Returns the rules. */
  List<LogitsProcessor> list() {
    List<LogitsProcessor> rules = new ArrayList<>();
    addRepetition(rules);
    addBadWords(rules);
    addLeastLength(rules);
    addForced(rules);
    addSuppressed(rules);
    if (Objects.requireNonNullElse(config.renormalizeLogits(), false)) {
      rules.add((sequence, scores) -> LogSoftmax.apply(scores));
    }
    return List.copyOf(rules);
  }

  private void addRepetition(List<LogitsProcessor> rules) {
    double penalty =
        options
            .repetitionPenalty()
            .orElse(Objects.requireNonNullElse(config.repetitionPenalty(), 1.0));
    if (penalty != 1) {
      rules.add(new RepetitionPenalty((float) penalty));
    }
    int size = options.noRepeatNgramSize().orElse(orZero(config.noRepeatNgramSize()));
    if (size > 0) {
      rules.add(new NoRepeatedNgrams(size));
    }
  }

  /** The end itself is no bad word. */
  private void addBadWords(List<LogitsProcessor> rules) {
    for (List<Integer> word : orEmpty(config.badWordsIds())) {
      boolean isEnd = word.size() == 1 && eos.contains(word.get(0));
      if (!word.isEmpty() && !isEnd) {
        rules.add(new BadWord(word));
      }
    }
  }

  /** A least number of new ids takes the place of a least length. */
  private void addLeastLength(List<LogitsProcessor> rules) {
    int newTokens = orZero(config.minNewTokens());
    if (config.minNewTokens() == null && orZero(config.minLength()) > 0) {
      rules.add(new MinLength(orZero(config.minLength()), eos));
    } else if (newTokens > 0) {
      rules.add(new MinNewTokens(newTokens, eos));
    }
  }

  private void addForced(List<LogitsProcessor> rules) {
    if (config.forcedBosTokenId() != null) {
      rules.add(ForcedTokens.second(config.forcedBosTokenId()));
    }
    if (config.forcedEosTokenId() != null) {
      rules.add(ForcedTokens.last(maxNewTokens, config.forcedEosTokenId()));
    }
  }

  /** A forced first id moves the begin of what may be chosen. */
  private void addSuppressed(List<LogitsProcessor> rules) {
    List<Integer> always = orEmpty(config.suppressTokens());
    if (!always.isEmpty()) {
      rules.add(SuppressedTokens.everywhere(always));
    }
    List<Integer> first = orEmpty(config.beginSuppressTokens());
    if (!first.isEmpty()) {
      boolean isForced = startLength <= 1 && config.forcedBosTokenId() != null;
      rules.add(SuppressedTokens.after(isForced ? 1 : 0, first));
    }
  }

  private static int orZero(@Nullable Integer number) {
    return Objects.requireNonNullElse(number, 0);
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return Objects.requireNonNullElse(list, List.of());
  }
}

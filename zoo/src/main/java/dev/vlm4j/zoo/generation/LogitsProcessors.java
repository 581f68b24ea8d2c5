package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.zoo.checkpoint.GenerationConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The rules that act in greedy decoding, in the order and with the semantics of the reference.
 * Source: <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/generation/logits_process.py">logits_process.py</a>.
 */
final class LogitsProcessors {
  private final List<LogitsProcessor> processors = new ArrayList<>();

  private LogitsProcessors() {}

  /**
   * Returns the rules of a request.
   *
   * @param config settings of the checkpoint
   * @param options settings of the caller, which win
   * @param eos end-of-sequence ids; empty to ignore them
   * @param maxNewTokens limit of the request
   */
  static List<LogitsProcessor> of(
      GenerationConfig config, GenerationOptions options, Set<Integer> eos, int maxNewTokens) {
    LogitsProcessors all = new LogitsProcessors();
    double penalty =
        options
            .repetitionPenalty()
            .orElse(Objects.requireNonNullElse(config.repetitionPenalty(), 1.0));
    all.repetitionPenalty(penalty);
    all.noRepeatNgrams(
        options
            .noRepeatNgramSize()
            .orElse(Objects.requireNonNullElse(config.noRepeatNgramSize(), 0)));
    all.badWords(Objects.requireNonNullElse(config.badWordsIds(), List.of()), eos);
    all.minLength(Objects.requireNonNullElse(config.minLength(), 0), eos);
    all.minNewTokens(Objects.requireNonNullElse(config.minNewTokens(), 0), eos);
    if (config.forcedBosTokenId() != null) {
      all.forceAt(1, List.of(config.forcedBosTokenId()));
    }
    if (config.forcedEosTokenId() != null) {
      all.forceLast(maxNewTokens, config.forcedEosTokenId());
    }
    all.suppress(Objects.requireNonNullElse(config.suppressTokens(), List.of()));
    all.suppressFirst(Objects.requireNonNullElse(config.beginSuppressTokens(), List.of()));
    return all.processors;
  }

  private void repetitionPenalty(double penalty) {
    if (penalty == 1) {
      return;
    }
    float factor = (float) penalty;
    processors.add(
        (sequence, promptLength, scores) -> {
          Set<Integer> seen = new HashSet<>();
          for (int i = 0; i < sequence.size(); i++) {
            int id = sequence.get(i);
            if (id < scores.length && seen.add(id)) {
              scores[id] = scores[id] < 0 ? scores[id] * factor : scores[id] / factor;
            }
          }
        });
  }

  private void noRepeatNgrams(int size) {
    if (size > 0) {
      processors.add(
          (sequence, promptLength, scores) -> {
            for (int start = 0; start + size <= sequence.size(); start++) {
              if (endsWith(sequence, start, size - 1)) {
                forbid(sequence.get(start + size - 1), scores);
              }
            }
          });
    }
  }

  /** Whether the last {@code length} ids equal those from {@code start} on. */
  private static boolean endsWith(TokenSequence sequence, int start, int length) {
    int tail = sequence.size() - length;
    for (int i = 0; i < length; i++) {
      if (tail < 0 || sequence.get(start + i) != sequence.get(tail + i)) {
        return false;
      }
    }
    return true;
  }

  private void badWords(List<List<Integer>> words, Set<Integer> eos) {
    for (List<Integer> word : words) {
      boolean isEos = word.size() == 1 && eos.contains(word.get(0));
      if (!word.isEmpty() && !isEos) {
        processors.add((sequence, promptLength, scores) -> forbidWord(word, sequence, scores));
      }
    }
  }

  private static void forbidWord(List<Integer> word, TokenSequence sequence, float[] scores) {
    int before = word.size() - 1;
    if (before > sequence.size()) {
      return;
    }
    for (int i = 0; i < before; i++) {
      if (sequence.get(sequence.size() - before + i) != word.get(i)) {
        return;
      }
    }
    forbid(word.get(before), scores);
  }

  private void minLength(int length, Set<Integer> eos) {
    if (length > 0) {
      processors.add(
          (sequence, promptLength, scores) -> forbidIf(sequence.size() < length, eos, scores));
    }
  }

  private void minNewTokens(int tokens, Set<Integer> eos) {
    if (tokens > 0) {
      processors.add(
          (sequence, promptLength, scores) ->
              forbidIf(sequence.size() - promptLength < tokens, eos, scores));
    }
  }

  private static void forbidIf(boolean condition, Iterable<Integer> ids, float[] scores) {
    if (condition) {
      ids.forEach(id -> forbid(id, scores));
    }
  }

  /** Prompts and settings may hold ids that the decoder has no score for. */
  private static void forbid(int id, float[] scores) {
    if (id >= 0 && id < scores.length) {
      scores[id] = Float.NEGATIVE_INFINITY;
    }
  }

  private void forceAt(int wholeLength, List<Integer> ids) {
    processors.add(
        (sequence, promptLength, scores) -> {
          if (sequence.size() == wholeLength) {
            force(ids, scores);
          }
        });
  }

  private void forceLast(int maxNewTokens, List<Integer> ids) {
    processors.add(
        (sequence, promptLength, scores) -> {
          if (sequence.size() - promptLength == maxNewTokens - 1) {
            force(ids, scores);
          }
        });
  }

  private static void force(List<Integer> ids, float[] scores) {
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    ids.forEach(id -> scores[id] = 0);
  }

  private void suppress(List<Integer> ids) {
    if (!ids.isEmpty()) {
      processors.add((sequence, promptLength, scores) -> forbidIf(true, ids, scores));
    }
  }

  private void suppressFirst(List<Integer> ids) {
    if (!ids.isEmpty()) {
      processors.add(
          (sequence, promptLength, scores) ->
              forbidIf(sequence.size() == promptLength, ids, scores));
    }
  }
}

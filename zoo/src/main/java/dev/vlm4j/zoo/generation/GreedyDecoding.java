package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.zoo.tokenizer.StreamingDecoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Always the id with the highest score; text comes as it grows. */
final class GreedyDecoding implements Decoding {
  private final TokenSequence sequence;
  private final DecodingRules rules;
  private final StreamingDecoder decoder;
  private final GenerationListener listener;

  GreedyDecoding(
      int[] startIds, DecodingRules rules, StreamingDecoder decoder, GenerationListener listener) {
    this.sequence = new TokenSequence(startIds, rules.maxNewTokens());
    this.rules = rules;
    this.decoder = decoder;
    this.listener = listener;
  }

  @Override
  public Decoded run(DecoderSteps steps, Map<String, Tensor> features, Stopwatch watch) {
    int token = next(steps.prompt(features));
    double prefillMs = watch.lap();
    FinishReason reason = accept(token);
    while (reason == null) {
      token = next(steps.step(token));
      reason = accept(token);
    }
    emit(decoder.finish());
    return new Decoded(sequence.newIds(), decoder.text(), reason, prefillMs);
  }

  /** Returns why the answer ends with this token; null if it goes on. */
  private @Nullable FinishReason accept(int token) {
    sequence.add(token);
    listener.onToken(token);
    emit(decoder.add(token));
    FinishReason reason = rules.finish(token, sequence.newTokens());
    return reason == null && listener.isCancelled() ? FinishReason.CANCELLED : reason;
  }

  private void emit(String piece) {
    if (!piece.isEmpty()) {
      listener.onText(piece);
    }
  }

  private int next(float[] scores) {
    rules.process(sequence, scores);
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    rules.checkUsable(scores[best], sequence.newTokens());
    return best;
  }
}

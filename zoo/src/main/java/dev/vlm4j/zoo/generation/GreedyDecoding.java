package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.zoo.tokenizer.StreamingDecoder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The loop of one request: always the token with the highest score. For one thread. */
final class GreedyDecoding {
  private static final Set<String> OUTPUTS = Set.of(ModelAdapter.LOGITS);

  private final TokenSequence sequence;
  private final int promptLength;
  private final List<LogitsProcessor> processors;
  private final Set<Integer> eos;
  private final int maxNewTokens;
  private final StreamingDecoder decoder;
  private final GenerationListener listener;
  private double prefillMs;

  GreedyDecoding(
      int[] promptIds,
      List<LogitsProcessor> processors,
      Set<Integer> eos,
      int maxNewTokens,
      StreamingDecoder decoder,
      GenerationListener listener) {
    this.sequence = new TokenSequence(promptIds, maxNewTokens);
    this.promptLength = promptIds.length;
    this.processors = processors;
    this.eos = eos;
    this.maxNewTokens = maxNewTokens;
    this.decoder = decoder;
    this.listener = listener;
  }

  FinishReason run(
      GraphSession session, RequestFeed feed, Map<String, Tensor> features, Stopwatch watch) {
    int token = next(session.run(feed.prompt(features), OUTPUTS));
    prefillMs = watch.lap();
    FinishReason reason = accept(token);
    while (reason == null) {
      int position = session.length(State.SELF, 0);
      token = next(session.run(feed.step(new int[] {token}, position), OUTPUTS));
      reason = accept(token);
    }
    emit(decoder.finish());
    return reason;
  }

  /** Returns why the answer ends with this token; null if it goes on. */
  private @Nullable FinishReason accept(int token) {
    sequence.add(token);
    listener.onToken(token);
    emit(decoder.add(token));
    if (eos.contains(token)) {
      return FinishReason.STOP;
    }
    if (sequence.size() - promptLength >= maxNewTokens) {
      return FinishReason.LENGTH;
    }
    return listener.isCancelled() ? FinishReason.CANCELLED : null;
  }

  private void emit(String piece) {
    if (!piece.isEmpty()) {
      listener.onText(piece);
    }
  }

  private int next(Map<String, Tensor> results) {
    Tensor logits =
        Objects.requireNonNull(results.get(ModelAdapter.LOGITS), "logits were asked for");
    float[] scores = logits.floats();
    processors.forEach(processor -> processor.apply(sequence, promptLength, scores));
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    if (Float.isNaN(scores[best]) || scores[best] == Float.NEGATIVE_INFINITY) {
      throw new VlmException(
          ErrorCode.ENGINE_FAILURE,
          "the engine gave no usable scores for token "
              + (sequence.size() - promptLength)
              + ": the weights are damaged or the precision is too low; try fp32");
    }
    return best;
  }

  double prefillMs() {
    return prefillMs;
  }

  List<Integer> tokenIds() {
    return sequence.from(promptLength);
  }

  String text() {
    return decoder.text();
  }
}

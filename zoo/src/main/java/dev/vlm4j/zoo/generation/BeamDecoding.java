package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.zoo.tokenizer.StreamingDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Follows several answers at once, each in a row of the session, and returns the one with the best
 * score. Only the end shows which one that is, so ids and text are reported then: the text in one
 * piece. When it is cancelled the best answer so far is returned, a finished one if there is any.
 */
final class BeamDecoding implements Decoding {
  private final int beams;
  private final BeamSearch search;
  private final DecodingRules rules;
  private final StreamingDecoder decoder;
  private final GenerationListener listener;

  BeamDecoding(
      int[] startIds,
      BeamSettings settings,
      DecodingRules rules,
      StreamingDecoder decoder,
      GenerationListener listener) {
    this.beams = settings.beams();
    this.search = new BeamSearch(settings, rules, new TokenSequence(startIds, 0));
    this.rules = rules;
    this.decoder = decoder;
    this.listener = listener;
  }

  @Override
  public Decoded run(DecoderSteps steps, Map<String, Tensor> features, Stopwatch watch) {
    search.advance(scores(repeated(steps.prompt(features))));
    double prefillMs = watch.lap();
    boolean isCancelled = false;
    int[] sources = new int[beams]; // the prompt has been read in one row
    while (!search.isDone() && !isCancelled) {
      isCancelled = listener.isCancelled();
      if (!isCancelled) {
        steps.reorder(sources);
        search.advance(scores(steps.step(search.tokens())));
        sources = search.sources();
      }
    }
    return report(search.best(), isCancelled, prefillMs);
  }

  private float[] repeated(float[] row) {
    float[] rows = new float[Math.multiplyExact(beams, row.length)];
    for (int beam = 0; beam < beams; beam++) {
      System.arraycopy(row, 0, rows, beam * row.length, row.length);
    }
    return rows;
  }

  /** The rules of the reference see log probabilities. */
  private float[] scores(float[] logits) {
    int vocabulary = logits.length / beams;
    for (int beam = 0; beam < beams; beam++) {
      int from = beam * vocabulary;
      float[] row = Arrays.copyOfRange(logits, from, from + vocabulary);
      LogSoftmax.apply(row);
      rules.process(search.followed(beam), row);
      System.arraycopy(row, 0, logits, from, vocabulary);
    }
    return logits;
  }

  private Decoded report(TokenSequence answer, boolean isCancelled, double prefillMs) {
    answer.newIds().forEach(this::hear);
    String text = decoder.text();
    if (!text.isEmpty()) {
      listener.onText(text);
    }
    FinishReason ended = rules.finish(answer.last(), answer.newTokens());
    FinishReason reason = Objects.requireNonNullElse(ended, FinishReason.LENGTH);
    if (isCancelled) {
      reason = FinishReason.CANCELLED;
    }
    return new Decoded(answer.newIds(), text, reason, prefillMs);
  }

  private void hear(int id) {
    listener.onToken(id);
    decoder.add(id);
  }
}

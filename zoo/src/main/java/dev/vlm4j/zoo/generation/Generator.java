package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Timings;
import dev.vlm4j.api.Usage;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.zoo.checkpoint.GenerationConfig;
import dev.vlm4j.zoo.tokenizer.PromptTokenizer;
import dev.vlm4j.zoo.tokenizer.StreamingDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers prompts. Thread-safe: every request has sessions of its own.
 *
 * @param adapter the checkpoint's architecture
 * @param preparer from prompt to tensors
 * @param tokenizer from ids to text
 * @param config generation settings of the checkpoint
 * @param eosIds ids that end an answer
 * @param stages the compiled graphs
 * @param guard decides which requests may start
 * @param reading from the text of an answer to the places that it names
 * @param loadMs how long loading took, for the answers
 */
public record Generator(
    ModelAdapter adapter,
    PromptPreparer preparer,
    PromptTokenizer tokenizer,
    GenerationConfig config,
    Set<Integer> eosIds,
    Stages stages,
    RequestGuard guard,
    AnswerReading reading,
    double loadMs) {
  /** Answers a prompt; see {@link dev.vlm4j.api.VisionLanguageModel}. */
  public Answer generate(Prompt prompt, GenerationOptions options, GenerationListener listener) {
    Stopwatch watch = new Stopwatch();
    PreparedPrompt prepared = preparer.prepare(prompt);
    RequestFeed feed = adapter.feed(prepared.ids(), prepared.images());
    int limit =
        new NewTokenLimit(config, adapter.contextLength())
            .of(options, prepared.ids().length, feed.startIds().length, feed.room());
    try (RequestGuard.Admission admission = guard.admit(feed, limit, options.numBeams())) {
      Answer answer =
          answer(prepared, feed, decoding(feed.startIds(), limit, options, listener), limit, watch);
      admission.succeeded();
      return reading.read(prompt, prepared, answer);
    }
  }

  private Answer answer(
      PreparedPrompt prepared, RequestFeed feed, Decoding decoding, int limit, Stopwatch watch) {
    double preprocessMs = watch.lap();
    Map<String, Tensor> vision = vision(feed);
    double visionMs = prepared.images().sizes().isEmpty() ? 0 : watch.lap();
    Map<String, Tensor> features = encode(feed, vision);
    try (GraphSession session = stages.open(feed.capacities(limit))) {
      Decoded decoded =
          decoding.run(
              new DecoderSteps(session, feed, stages.decoder().graph().preferredPositions()),
              features,
              watch);
      double untilFirst = preprocessMs + visionMs + decoded.prefillMs();
      Timings timings =
          new Timings(loadMs, preprocessMs, visionMs, decoded.prefillMs(), watch.lap(), untilFirst);
      return answer(prepared, decoded, timings);
    }
  }

  private Decoding decoding(
      int[] startIds, int limit, GenerationOptions options, GenerationListener listener) {
    Set<Integer> eos = options.ignoreEndOfSequence() ? Set.of() : eosIds;
    List<LogitsProcessor> processors =
        new LogitsProcessors(config, options, eos, startIds.length, limit).list();
    DecodingRules rules = new DecodingRules(processors, eos, limit);
    StreamingDecoder decoder = new StreamingDecoder(tokenizer);
    return options.numBeams() == 1
        ? new GreedyDecoding(startIds, rules, decoder, listener)
        : new BeamDecoding(startIds, BeamSettings.of(config, options), rules, decoder, listener);
  }

  private static Answer answer(PreparedPrompt prepared, Decoded decoded, Timings timings) {
    List<Integer> promptIds = Arrays.stream(prepared.ids()).boxed().toList();
    Usage usage =
        new Usage(promptIds.size(), prepared.images().tokens(), decoded.tokenIds().size());
    return new Answer(
        decoded.text(), decoded.tokenIds(), promptIds, decoded.reason(), usage, timings);
  }

  private Map<String, Tensor> vision(RequestFeed feed) {
    List<Map<String, Tensor>> runs = feed.vision();
    return runs.isEmpty() ? Map.of() : stages.vision().run(runs);
  }

  private Map<String, Tensor> encode(RequestFeed feed, Map<String, Tensor> vision) {
    Stages.Stage encoder = stages.encoder();
    return encoder == null ? vision : encoder.run(List.of(feed.encoder(vision)));
  }
}

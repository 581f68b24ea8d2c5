package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Timings;
import dev.vlm4j.api.Usage;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
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
import java.util.Objects;
import java.util.Set;

/**
 * Answers prompts with greedy decoding. Thread-safe: every request has sessions of its own.
 *
 * @param adapter the checkpoint's architecture
 * @param preparer from prompt to tensors
 * @param tokenizer from ids to text
 * @param config generation settings of the checkpoint
 * @param eosIds ids that end an answer
 * @param stages the compiled graphs
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
    AnswerReading reading,
    double loadMs) {
  /** Answers a prompt; see {@link dev.vlm4j.api.VisionLanguageModel}. */
  public Answer generate(Prompt prompt, GenerationOptions options, GenerationListener listener) {
    if (options.numBeams() > 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "beam search is not supported yet: leave numBeams at 1");
    }
    Stopwatch watch = new Stopwatch();
    PreparedPrompt prepared = preparer.prepare(prompt);
    RequestFeed feed = adapter.feed(prepared.ids(), prepared.images());
    int limit = maxNewTokens(prepared.ids().length, feed.room(), options);
    double preprocessMs = watch.lap();
    Map<String, Tensor> vision = vision(feed);
    double visionMs = prepared.images().sizes().isEmpty() ? 0 : watch.lap();
    Map<String, Tensor> features = encode(feed, vision);
    Set<Integer> eos = options.ignoreEndOfSequence() ? Set.of() : eosIds;
    GreedyDecoding decoding =
        new GreedyDecoding(
            feed.startIds(),
            LogitsProcessors.of(config, options, eos, limit),
            eos,
            limit,
            new StreamingDecoder(tokenizer),
            listener);
    try (GraphSession session = stages.open(feed.capacities(limit))) {
      FinishReason reason = decoding.run(session, feed, features, watch);
      double decodeMs = watch.lap();
      Answer answer =
          answer(
              prepared,
              decoding,
              reason,
              new Timings(
                  loadMs,
                  preprocessMs,
                  visionMs,
                  decoding.prefillMs(),
                  decodeMs,
                  preprocessMs + visionMs + decoding.prefillMs()));
      return reading.read(prompt, prepared, answer);
    }
  }

  private static Answer answer(
      PreparedPrompt prepared, GreedyDecoding decoding, FinishReason reason, Timings timings) {
    List<Integer> promptIds = Arrays.stream(prepared.ids()).boxed().toList();
    Usage usage =
        new Usage(promptIds.size(), prepared.images().tokens(), decoding.tokenIds().size());
    return new Answer(decoding.text(), decoding.tokenIds(), promptIds, reason, usage, timings);
  }

  private Map<String, Tensor> vision(RequestFeed feed) {
    List<Map<String, Tensor>> runs = feed.vision();
    return runs.isEmpty() ? Map.of() : stages.vision().run(runs);
  }

  private Map<String, Tensor> encode(RequestFeed feed, Map<String, Tensor> vision) {
    Stages.Stage encoder = stages.encoder();
    return encoder == null ? vision : encoder.run(List.of(feed.encoder(vision)));
  }

  /** The caller's limit, else the checkpoint's, else the default; never beyond the context. */
  private int maxNewTokens(int promptLength, int room, GenerationOptions options) {
    if (room < 1) {
      throw new VlmException(
          ErrorCode.CONTEXT_TOO_LONG,
          "the prompt has "
              + promptLength
              + " tokens, the model reads at most "
              + (adapter.contextLength() - 1)
              + " before an answer: shorten the text or give fewer"
              + " pictures");
    }
    int fromCheckpoint =
        Objects.requireNonNullElse(config.maxNewTokens(), GenerationOptions.DEFAULT_MAX_NEW_TOKENS);
    return Math.min(room, options.maxNewTokens().orElse(fromCheckpoint));
  }
}

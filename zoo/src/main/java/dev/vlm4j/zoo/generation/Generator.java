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
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.SessionOptions;
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
 * @param loadMs how long loading took, for the answers
 */
public record Generator(
    ModelAdapter adapter,
    PromptPreparer preparer,
    PromptTokenizer tokenizer,
    GenerationConfig config,
    Set<Integer> eosIds,
    Stages stages,
    double loadMs) {
  /** Answers a prompt; see {@link dev.vlm4j.api.VisionLanguageModel}. */
  public Answer generate(Prompt prompt, GenerationOptions options, GenerationListener listener) {
    Stopwatch watch = new Stopwatch();
    PreparedPrompt prepared = preparer.prepare(prompt);
    int limit = maxNewTokens(prepared.ids().length, options);
    double preprocessMs = watch.lap();
    Map<String, Tensor> features = vision(prepared);
    double visionMs = prepared.images().sizes().isEmpty() ? 0 : watch.lap();
    Set<Integer> eos = options.ignoreEndOfSequence() ? Set.of() : eosIds;
    GreedyDecoding decoding =
        new GreedyDecoding(
            prepared.ids(),
            LogitsProcessors.of(config, options, eos, limit),
            eos,
            limit,
            new StreamingDecoder(tokenizer),
            listener);
    ModelAdapter.DecoderFeed feed = adapter.decoderFeed(prepared.ids(), prepared.images());
    int capacity = prepared.ids().length + limit;
    try (GraphSession session = open(stages.decoder(), capacity)) {
      FinishReason reason = decoding.run(session, feed, features, watch);
      double decodeMs = watch.lap();
      return answer(
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
    }
  }

  private static Answer answer(
      PreparedPrompt prepared, GreedyDecoding decoding, FinishReason reason, Timings timings) {
    List<Integer> promptIds = Arrays.stream(prepared.ids()).boxed().toList();
    Usage usage =
        new Usage(promptIds.size(), prepared.images().tokens(), decoding.tokenIds().size());
    return new Answer(decoding.text(), decoding.tokenIds(), promptIds, reason, usage, timings);
  }

  private Map<String, Tensor> vision(PreparedPrompt prepared) {
    if (prepared.images().sizes().isEmpty()) {
      return Map.of();
    }
    try (GraphSession session = stages.vision().openSession(SessionOptions.STATELESS)) {
      return session.run(adapter.visionInputs(prepared.images()), adapter.visionOutputs());
    }
  }

  private static GraphSession open(CompiledGraph decoder, int capacity) {
    return decoder.openSession(new SessionOptions(1, Map.of(State.SELF, capacity)));
  }

  /** The caller's limit, else the checkpoint's, else the default; never beyond the context. */
  private int maxNewTokens(int promptLength, GenerationOptions options) {
    int room = adapter.contextLength() - promptLength;
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

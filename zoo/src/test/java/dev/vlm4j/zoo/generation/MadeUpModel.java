package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GenerationSource;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.KeyTable;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.TextPart;
import dev.vlm4j.zoo.checkpoint.GenerationConfig;
import dev.vlm4j.zoo.checkpoint.HubFolder;
import dev.vlm4j.zoo.prompt.PromptSource;
import dev.vlm4j.zoo.tokenizer.PromptTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A generator around a {@link MadeUpDecoder}: text only, one word is one token.
 *
 * @param folder for its files
 * @param settings its {@code generation_config.json}
 * @param contextLength positions of prompt and answer
 * @param beforeRun what happens before every run of the decoder
 */
public record MadeUpModel(Path folder, String settings, int contextLength, Runnable beforeRun)
    implements ModelAdapter {
  static final int VOCABULARY = 40;
  static final int EOS = 3;

  /** Returns the generator. */
  public Generator generator() {
    HubFolder files =
        HubFolder.in(folder)
            .with("generation_config.json", settings)
            .with("tokenizer.json", tokenizerJson(VOCABULARY));
    PromptTokenizer tokenizer = new PromptTokenizer(files.open(), List.of());
    return new Generator(
        this,
        new PromptPreparer(this, promptSource(), tokenizer, true, InputOptions.DEFAULT),
        tokenizer,
        GenerationConfig.read(files.open(), GenerationSource.GENERATION_CONFIG),
        Set.of(EOS),
        new Stages(stage(), null, stage()),
        RequestGuard.NONE,
        new AnswerReading(Optional.empty(), tokenizer),
        0);
  }

  /** Returns a tokenizer of the words w0, w1, ... */
  static String tokenizerJson(int words) {
    return IntStream.range(0, words)
        .mapToObj(id -> "\"w" + id + "\":" + id)
        .collect(
            Collectors.joining(
                ",",
                "{\"version\":\"1.0\",\"added_tokens\":[],\"normalizer\":null,\"pre_tokenizer\":"
                    + "{\"type\":\"Whitespace\"},\"post_processor\":null,\"decoder\":null,"
                    + "\"model\":{\"type\":\"WordLevel\",\"vocab\":{",
                "},\"unk_token\":\"w0\"}}"));
  }

  private static PromptSource promptSource() {
    return PromptSource.ofArchitecture(MadeUpModel::render);
  }

  private static List<TextPart> render(Prompt prompt) {
    return prompt.messages().stream()
        .flatMap(message -> message.content().stream())
        .map(part -> new TextPart(((Content.Text) part).text(), true))
        .toList();
  }

  private Stages.Stage stage() {
    CompiledGraph graph =
        new CompiledGraph() {
          @Override
          public GraphSession openSession(SessionOptions options) {
            return new NotifyingSession(decoder(), beforeRun);
          }

          @Override
          public void close() {}
        };
    return new Stages.Stage(graph, Set.of(LOGITS));
  }

  private static MadeUpDecoder decoder(int... start) {
    return new MadeUpDecoder(11, VOCABULARY, 4096, 8, start);
  }

  @Override
  public KeyTable keys() {
    return KeyTable.identity();
  }

  @Override
  public List<Graph> stages(Set<String> weights) {
    return List.of();
  }

  @Override
  public ProcessedImages process(List<Picture> pictures) {
    return ProcessedImages.NONE;
  }

  @Override
  public List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
    return rendered;
  }

  @Override
  public RequestFeed feed(int[] promptIds, ProcessedImages images) {
    return new RequestFeed() {
      private final MadeUpDecoder decoder = decoder(promptIds);

      @Override
      public List<Map<String, Tensor>> vision() {
        return List.of();
      }

      @Override
      public int[] startIds() {
        return promptIds;
      }

      @Override
      public int room() {
        return contextLength - promptIds.length;
      }

      @Override
      public Map<String, Tensor> prompt(Map<String, Tensor> features) {
        return decoder.prompt(features);
      }

      @Override
      public Map<String, Tensor> step(int[] tokenIds, int position) {
        return decoder.step(tokenIds, position);
      }
    };
  }
}

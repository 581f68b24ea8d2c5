package dev.vlm4j.zoo.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.spi.GenerationSource;
import dev.vlm4j.zoo.checkpoint.GenerationConfig;
import dev.vlm4j.zoo.checkpoint.HubFolder;
import dev.vlm4j.zoo.tokenizer.PromptTokenizer;
import dev.vlm4j.zoo.tokenizer.StreamingDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expected answers were recorded from the reference library, version 5.23. */
class RecordedSearchTest {
  private static final int LARGEST_VOCABULARY = 400;

  @TempDir Path temporary;
  private PromptTokenizer tokenizer;

  @BeforeEach
  void loadTokenizer() {
    String json = MadeUpModel.tokenizerJson(LARGEST_VOCABULARY);
    tokenizer =
        new PromptTokenizer(HubFolder.in(temporary).with("tokenizer.json", json).open(), List.of());
  }

  @AfterEach
  void closeTokenizer() {
    tokenizer.close();
  }

  static Stream<RecordedSearch> recorded() {
    return Stream.of("beams.txt", "greedy.txt").flatMap(file -> RecordedSearch.all(file).stream());
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void choosesWhatTheReferenceChooses(RecordedSearch recorded) {
    MadeUpDecoder decoder = recorded.decoder();
    GenerationConfig config =
        GenerationConfig.read(
            HubFolder.in(temporary).with("generation_config.json", recorded.config()).open(),
            GenerationSource.GENERATION_CONFIG);
    Decoded decoded =
        decoding(decoder.startIds(), config, recorded)
            .run(new DecoderSteps(decoder, decoder, Integer.MAX_VALUE), Map.of(), new Stopwatch());
    assertThat(decoded.tokenIds()).isEqualTo(recorded.ids("answer"));
  }

  private Decoding decoding(int[] start, GenerationConfig config, RecordedSearch recorded) {
    GenerationOptions options = recorded.options();
    Set<Integer> eos = Set.copyOf(recorded.ids("eos"));
    int limit = options.maxNewTokens().orElseThrow();
    DecodingRules rules =
        new DecodingRules(
            new LogitsProcessors(config, options, eos, start.length, limit).list(), eos, limit);
    StreamingDecoder text = new StreamingDecoder(tokenizer);
    return options.numBeams() == 1
        ? new GreedyDecoding(start, rules, text, GenerationListener.NONE)
        : new BeamDecoding(
            start, BeamSettings.of(config, options), rules, text, GenerationListener.NONE);
  }
}

package dev.vlm4j.zoo.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.EarlyStopping;
import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.GenerationSource;
import dev.vlm4j.zoo.checkpoint.GenerationConfig;
import dev.vlm4j.zoo.checkpoint.HubFolder;
import dev.vlm4j.zoo.tokenizer.PromptTokenizer;
import dev.vlm4j.zoo.tokenizer.StreamingDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeamDecodingTest {
  private static final int VOCABULARY = 40;
  private static final Set<Integer> EOS = Set.of(3);

  @TempDir Path temporary;
  private PromptTokenizer tokenizer;

  @BeforeEach
  void loadTokenizer() {
    String json = MadeUpModel.tokenizerJson(400);
    tokenizer =
        new PromptTokenizer(HubFolder.in(temporary).with("tokenizer.json", json).open(), List.of());
  }

  @AfterEach
  void closeTokenizer() {
    tokenizer.close();
  }

  private Decoded decode(
      MadeUpDecoder decoder,
      GenerationConfig config,
      GenerationOptions options,
      Set<Integer> eos,
      GenerationListener listener) {
    int limit = options.maxNewTokens().orElseThrow();
    int[] start = decoder.startIds();
    List<LogitsProcessor> processors =
        new LogitsProcessors(config, options, eos, start.length, limit).list();
    BeamDecoding decoding =
        new BeamDecoding(
            start,
            BeamSettings.of(config, options),
            new DecodingRules(processors, eos, limit),
            new StreamingDecoder(tokenizer),
            listener);
    return decoding.run(
        new DecoderSteps(decoder, decoder, Integer.MAX_VALUE), Map.of(), new Stopwatch());
  }

  private Decoded decode(MadeUpDecoder decoder, int limit, GenerationListener listener) {
    return decode(decoder, silent(), options(limit), EOS, listener);
  }

  private static GenerationOptions options(int limit) {
    return GenerationOptions.DEFAULT.withNumBeams(3).withMaxNewTokens(limit);
  }

  private GenerationConfig config(String settings) {
    return GenerationConfig.read(
        HubFolder.in(temporary).with("generation_config.json", settings).open(),
        GenerationSource.GENERATION_CONFIG);
  }

  private GenerationConfig silent() {
    return config("{}");
  }

  private static MadeUpDecoder decoder() {
    return new MadeUpDecoder(11, VOCABULARY, 4096, 8, 1, 2);
  }

  @Test
  void reportsIdsAndTextWhenItEndsAndTheTextInOnePiece() {
    List<Object> heard = new ArrayList<>();
    Decoded decoded = decode(decoder(), 6, new Notes(heard, 99));
    assertThat(decoded.reason()).isEqualTo(FinishReason.LENGTH);
    List<Object> expected = new ArrayList<>(decoded.tokenIds());
    expected.add(decoded.text());
    assertThat(heard).isEqualTo(expected);
    assertThat(decoded.text().split(" ")).hasSize(6);
  }

  @Test
  void endsBetweenStepsWhenTheListenerCancels() {
    List<Object> heard = new ArrayList<>();
    MadeUpDecoder decoder = decoder();
    Decoded decoded = decode(decoder, 6, new Notes(heard, 2));
    assertThat(decoded.reason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(decoder.runs()).isEqualTo(3);
    assertThat(decoded.tokenIds()).hasSize(3);
    assertThat(heard).hasSize(4);
  }

  /** Notes ids and text and cancels after a number of questions. */
  private static final class Notes implements GenerationListener {
    private final List<Object> heard;
    private int left;

    Notes(List<Object> heard, int left) {
      this.heard = heard;
      this.left = left;
    }

    @Override
    public void onText(String text) {
      heard.add(text);
    }

    @Override
    public void onToken(int tokenId) {
      heard.add(tokenId);
    }

    @Override
    public boolean isCancelled() {
      return left-- == 0;
    }
  }

  @Test
  void readsThePromptInOneRowAndNeedsNoMoreForOneToken() {
    MadeUpDecoder decoder = decoder();
    assertThat(decode(decoder, 1, GenerationListener.NONE).tokenIds()).hasSize(1);
    assertThat(decoder.runs()).isEqualTo(1);
    assertThat(decoder.length("self", 0)).isEqualTo(2);
  }

  @Test
  void theCallersSettingsWinOverTheCheckpoints() {
    GenerationConfig config =
        config("{\"num_beams\":7,\"length_penalty\":2.5,\"early_stopping\":\"never\"}");
    assertThat(BeamSettings.of(config, options(3)))
        .isEqualTo(new BeamSettings(3, 2.5, EarlyStopping.NEVER));
    GenerationOptions own = options(3).withLengthPenalty(0).withEarlyStopping(EarlyStopping.TRUE);
    assertThat(BeamSettings.of(config, own)).isEqualTo(new BeamSettings(3, 0, EarlyStopping.TRUE));
    assertThat(BeamSettings.of(silent(), options(3)))
        .isEqualTo(new BeamSettings(3, 1, EarlyStopping.FALSE));
  }

  @Test
  void scoresThatAreNoNumbersAreTypedErrors() {
    MadeUpDecoder decoder = decoder();
    decoder.spoil();
    assertThatThrownBy(() -> decode(decoder, 4, GenerationListener.NONE))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENGINE_FAILURE))
        .hasMessageContaining("no usable scores for token 0");
  }
}

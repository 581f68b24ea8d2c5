package dev.vlm4j.zoo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.EarlyStopping;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.GenerationSource;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderConfigTest {
  private static final String IMAGE = "preprocessor_config.json";
  private static final String PROCESSOR = "processor_config.json";

  record Edges(@Nullable Integer edge, @Nullable Integer height) {}

  record Processor(
      @Nullable Edges size, @Nullable Boolean doResize, @Nullable List<Double> imageMean) {}

  record Text(@Nullable Integer hiddenSize, @Nullable Double ropeTheta) {}

  record Model(@Nullable List<Integer> featureLayer, @Nullable Text textConfig) {}

  @TempDir Path temporary;
  private HubFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = HubFolder.in(temporary.resolve("model"));
  }

  private FolderConfig config() {
    return new FolderConfig(folder.open(), token -> 7);
  }

  private Model model(String json) {
    folder.with("config.json", json).with(IMAGE, "{\"do_resize\": true}");
    return config().model(Model.class);
  }

  private static void assertInvalid(Runnable call, String... parts) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void readsOtherLineEndsAndTrailingBlanks() {
    Model model = model("{\r\n\t\"feature_layer\": -2,\r\n\"unknown\": {}}\r\n  \r\n\t ");
    assertThat(model.featureLayer()).containsExactly(-2);
    assertThat(model.textConfig()).isNull();
  }

  @Test
  void readsNumbersThatOnlyPythonWrites() {
    assertThat(model("{\"text_config\":{\"rope_theta\":Infinity}}").textConfig())
        .isEqualTo(new Text(null, Double.POSITIVE_INFINITY));
    assertThat(model("{\"text_config\":{\"rope_theta\":NaN}}").textConfig())
        .isEqualTo(new Text(null, Double.NaN));
  }

  @Test
  void errorsNameFileAndField() {
    assertInvalid(
        () -> model("{\"text_config\":{\"hidden_size\":\"big\"}}"),
        "config.json: text_config.hidden_size cannot be read");
    assertInvalid(
        () -> model("{\"text_config\":{\"hidden_size\":1.5}}"), "text_config.hidden_size");
    assertInvalid(
        () -> model("{\"text_config\":{\"hidden_size\":99999999999}}"), "text_config.hidden_size");
  }

  @Test
  void errorsNameLineAndColumn() {
    assertInvalid(() -> model("{\n \"a\": 1,\n oops}"), "config.json", "in line 3, column ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "1", "{}{}", "{} x", "\"a\""})
  void refusesFilesThatAreNoObject(String json) {
    folder.with("config.json", json).with(IMAGE, "{\"do_resize\": true}");
    assertInvalid(() -> config().model(Model.class), "config.json");
  }

  @Test
  void refusesFilesThatAreNotUtf8() {
    folder.with("config.json", new byte[] {'{', (byte) 0xFF, '}'});
    assertInvalid(this::config, "config.json");
  }

  @Test
  void refusesDeepNesting() {
    folder.with("config.json", "[".repeat(100_000));
    assertInvalid(this::config, "config.json");
  }

  @Test
  void refusesConfigurationsWithoutModelType() {
    folder.with("config.json", "{}").with(IMAGE, "{\"do_resize\": true}");
    assertInvalid(() -> config().modelType(), "config.json has no model_type");
  }

  @Test
  void readsProcessorSettingsFromTheOlderFile() {
    folder.with(IMAGE, "{\"size\":{\"height\":3,\"width\":4},\"image_mean\":[0.5,1]}");
    assertThat(config().processor(Processor.class))
        .isEqualTo(new Processor(new Edges(null, 3), null, List.of(0.5, 1.0)));
  }

  @Test
  void readsProcessorSettingsFromTheFlatNewerFile() {
    folder.with(PROCESSOR, "{\"do_resize\": false}");
    assertThat(config().processor(Processor.class).doResize()).isFalse();
  }

  @Test
  void nestedImageSettingsReplaceTheOlderFile() {
    folder.with(IMAGE, "{\"do_resize\":true,\"size\":{\"height\":1,\"width\":1}}");
    folder.with(
        PROCESSOR, "{\"size\":null,\"image_processor\":{\"size\":{\"height\":2,\"width\":2}}}");
    assertThat(config().processor(Processor.class))
        .isEqualTo(new Processor(new Edges(null, 2), null, null));
  }

  @Test
  void aSwitchThatIsNullIsOffAndOtherNullsAreSilence() {
    folder.with(
        IMAGE, "{\"do_resize\":null,\"size\":null,\"image_mean\":null,\"do_normalize\":null}");
    assertThat(config().processor(Processor.class))
        .isEqualTo(new Processor(new Edges(null, null), false, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"height\":3}",
        "{}",
        "{\"height\":3,\"width\":3,\"shortest_edge\":3}",
        "{\"height\":3,\"width\":3,\"longest_edge\":null}",
        "{\"side\":3}"
      })
  void refusesSizesWithOtherKeysEvenIfTheyAreNotUsed(String size) {
    for (String field : List.of("size", "crop_size", "pad_size")) {
      folder.with(IMAGE, "{\"do_resize\":false,\"" + field + "\":" + size + "}");
      assertInvalid(this::config, "preprocessor_config.json: " + field + " has the keys");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"size\":{\"min_pixels\":1,\"max_pixels\":2},\"min_pixels\":3,\"max_pixels\":4",
        "\"size\":{\"shortest_edge\":1},\"max_pixels\":4",
        "\"size\":{\"shortest_edge\":1,\"longest_edge\":2},\"min_pixels\":null",
        "\"size\":9,\"min_pixels\":null"
      })
  void boundsOfPixelsReplacePartsOfTheSizeOfQwen(String settings) {
    folder.with(IMAGE, "{\"image_processor_type\":\"Qwen2VLImageProcessorFast\"," + settings + "}");
    assertThat(config().processor(Processor.class).size()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"size\":{\"min_pixels\":1,\"max_pixels\":2},\"min_pixels\":3",
        "\"size\":{\"side\":1},\"min_pixels\":3,\"max_pixels\":4",
        "\"size\":9,\"min_pixels\":3"
      })
  void refusesBoundsOfPixelsBesideASizeWithoutThoseParts(String settings) {
    folder.with(IMAGE, "{\"image_processor_type\":\"Qwen2VLImageProcessor\"," + settings + "}");
    assertInvalid(this::config, "preprocessor_config.json: size ");
  }

  @Test
  void refusesToCropToASizeThatNobodyGives() {
    String crops = "\",\"do_center_crop\":true}";
    folder.with(IMAGE, "{\"image_processor_type\":\"Gemma3ImageProcessor" + crops);
    assertInvalid(this::config, "crop_size is missing although do_center_crop is on");
    folder.with(IMAGE, "{\"image_processor_type\":\"CLIPImageProcessor" + crops);
    assertThat(config().processor(Processor.class).size()).isNull();
  }

  @Test
  void aNullThatTheReferenceRefusesIsRefused() {
    folder.with(IMAGE, "{\"image_mean\":null}");
    assertInvalid(this::config, "preprocessor_config.json: image_mean is null");
    folder.with(IMAGE, "{\"size\":null}");
    assertInvalid(this::config, "preprocessor_config.json: size is null");
    folder.with(IMAGE, "{\"max_image_size\":null}");
    assertInvalid(this::config, "preprocessor_config.json: max_image_size is null");
    String patches = "{\"image_processor_type\":\"Qwen2VLImageProcessor\",\"size\":null";
    folder.with(IMAGE, patches + ",\"patch_size\":null}");
    assertInvalid(this::config, "preprocessor_config.json: patch_size is null");
    folder.with(IMAGE, patches + "}");
    assertThat(config().processor(Processor.class)).isEqualTo(new Processor(null, null, null));
    folder.with(IMAGE, "{\"image_mean\":null,\"do_normalize\":null}");
    assertThat(config().processor(Processor.class)).isEqualTo(new Processor(null, null, null));
  }

  @Test
  void aListOfTwoIsHeightAndWidth() {
    folder.with(IMAGE, "{\"size\":[336,448]}");
    assertThat(config().processor(Processor.class).size()).isEqualTo(new Edges(null, 336));
  }

  @Test
  void bareNumbersAreEdges() {
    folder.with(IMAGE, "{\"size\":336}");
    assertThat(config().processor(Processor.class).size()).isEqualTo(new Edges(336, null));
  }

  @Test
  void refusesFoldersWithoutProcessorSettings() {
    assertThatThrownBy(this::config)
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_MISSING))
        .hasMessageContaining("has no preprocessor_config.json");
  }

  @Test
  void refusesFoldersThatAreNone() {
    assertThatThrownBy(() -> CheckpointFolder.open(temporary.resolve("nowhere")))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND));
    assertThatThrownBy(() -> CheckpointFolder.open(temporary))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_MISSING))
        .hasMessageContaining("has no config.json: it is no checkpoint in Hub layout");
  }

  @Test
  void readsGenerationSettings() {
    folder.with(
        "generation_config.json",
        "{\"eos_token_id\":[1,106],\"max_new_tokens\":20,\"temperature\":0.1,\"num_beams\":4,"
            + "\"guidance_scale\":null,\"bad_words_ids\":[[1],[2,3]]}");
    GenerationConfig config =
        GenerationConfig.read(folder.open(), GenerationSource.GENERATION_CONFIG);
    assertThat(config.eosTokenId()).containsExactly(1, 106);
    assertThat(config.maxNewTokens()).isEqualTo(20);
    assertThat(config.badWordsIds()).containsExactly(List.of(1), List.of(2, 3));
    assertThat(config.repetitionPenalty()).isNull();
  }

  @Test
  void fallsBackToTheModelsOwnGenerationSettings() {
    folder.with(
        "config.json",
        "{\"text_config\":{\"eos_token_id\":2,\"repetition_penalty\":1.5},"
            + "\"eos_token_id\":null,\"repetition_penalty\":1.25}");
    GenerationConfig config =
        GenerationConfig.read(folder.open(), GenerationSource.GENERATION_CONFIG);
    assertThat(config.eosTokenId()).containsExactly(2);
    assertThat(config.repetitionPenalty()).isEqualTo(1.25);
  }

  @Test
  void readsGenerationSettingsOfTheLanguageModelAloneIfTheyAreKeptThere() {
    folder
        .with("generation_config.json", "{\"no_repeat_ngram_size\":5}")
        .with(
            "config.json",
            "{\"text_config\":{\"eos_token_id\":2,\"forced_bos_token_id\":0},\"eos_token_id\":7}");
    GenerationConfig config = GenerationConfig.read(folder.open(), GenerationSource.TEXT_CONFIG);
    assertThat(config.eosTokenId()).containsExactly(2);
    assertThat(config.forcedBosTokenId()).isZero();
    assertThat(config.noRepeatNgramSize()).isNull();
  }

  @Test
  void aFileOfItsOwnIsNotMixedWithTheModelsSettings() {
    folder.with("config.json", "{\"text_config\":{\"no_repeat_ngram_size\":3,\"max_length\":20}}");
    folder.with("generation_config.json", "{\"eos_token_id\":2}");
    GenerationConfig config =
        GenerationConfig.read(folder.open(), GenerationSource.GENERATION_CONFIG);
    assertThat(config.noRepeatNgramSize()).isNull();
    assertThat(config.maxLength()).isNull();
  }

  @Test
  void readsHowABeamSearchGoes() {
    folder.with("generation_config.json", "{\"length_penalty\":-1,\"early_stopping\":\"never\"}");
    GenerationConfig config =
        GenerationConfig.read(folder.open(), GenerationSource.GENERATION_CONFIG);
    assertThat(config.lengthPenalty()).isEqualTo(-1);
    assertThat(config.stopping()).contains(EarlyStopping.NEVER);
    folder.with("generation_config.json", "{\"early_stopping\":\"soon\"}");
    assertThatThrownBy(
            () -> GenerationConfig.read(folder.open(), GenerationSource.GENERATION_CONFIG))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("early_stopping must be true, false or \"never\", it is soon");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"penalty_alpha\":0.6",
        "\"guidance_scale\":1.5",
        "\"sequence_bias\":[[[1],2.0]]",
        "\"prompt_lookup_num_tokens\":0"
      })
  void refusesGenerationSettingsThatWouldChangeTheAnswer(String setting) {
    folder.with("generation_config.json", "{" + setting + "}");
    assertThatThrownBy(
            () -> GenerationConfig.read(folder.open(), GenerationSource.GENERATION_CONFIG))
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.ARCHITECTURE_UNSUPPORTED))
        .hasMessageContaining("generation_config.json: " + setting.substring(1).split("\"")[0]);
  }
}

package dev.vlm4j.models.florence2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.towers.BartConfig;
import dev.vlm4j.models.towers.BartSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class Florence2ConfigTest {
  private static Florence2VisionConfig vision(
      @Nullable String type,
      Florence2VisionConfig.@Nullable Positions positions,
      @Nullable List<Integer> heads,
      @Nullable List<String> sources) {
    Florence2VisionConfig.Positions times =
        new Florence2VisionConfig.Positions("COSINE", null, null);
    return new Florence2VisionConfig(
        type, null, null, null, null, null, null, null, null, heads, null, null, null, null, null,
        null, null, null, times, positions, sources);
  }

  private static void unsupported(ErrorCode code, String message, Florence2VisionConfig config) {
    assertThatThrownBy(
            () -> new Florence2Config(config, null, null, null).projector(config.resolve()))
        .isInstanceOfSatisfying(VlmException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void silentFilesMeanTheBaseTowerAndTheLargeLanguageModel() {
    Florence2Config silent = new Florence2Config(null, null, null, null);
    assertThat(silent.layout()).isEqualTo(Florence2Layout.NATIVE);
    DavitSpec tower = silent.vision().resolve();
    assertThat(tower.stages())
        .extracting(DavitSpec.Stage::width)
        .containsExactly(128, 256, 512, 1024);
    assertThat(tower.windowSize()).isEqualTo(12);
    BartSpec language = silent.language();
    assertThat(language.decoder()).isEqualTo(new BartSpec.Half(12, 16, 4096));
    assertThat(language.vocabSize()).isEqualTo(50265);
    assertThat(silent.tied()).isTrue();
    assertThat(silent.imageToken()).isEqualTo(51289);
  }

  @Test
  void silentFilesOfTheAuthorsMeanTheLargeTower() {
    DavitSpec tower = vision("davit", null, null, null).resolve();
    assertThat(tower.stages()).extracting(DavitSpec.Stage::heads).containsExactly(8, 16, 32, 64);
  }

  @Test
  void aPictureOf768PixelsHas577Features() {
    DavitSpec tower = Florence2VisionConfig.silent().resolve();
    Florence2Projector projector = new Florence2Config(null, null, null, null).projector(tower);
    assertThat(new Florence2Vision(tower, projector, new Extent(768, 768)).tokens()).isEqualTo(577);
    assertThatThrownBy(() -> new Florence2Vision(tower, projector, new Extent(768, 1632)))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("give 51 x 24 positions, the model has 1 to 50 a side");
  }

  @Test
  void refusesWhatTheAuthorsCodeDoesNotKnow() {
    Florence2VisionConfig.Positions learned =
        new Florence2VisionConfig.Positions("learned_abs_2d", null, 50);
    unsupported(
        ErrorCode.ARCHITECTURE_UNSUPPORTED,
        "vision_config.image_pos_embed.type = sine is not supported; supported: learned_abs_2d",
        vision("davit", new Florence2VisionConfig.Positions("sine", null, 50), null, null));
    unsupported(
        ErrorCode.ARCHITECTURE_UNSUPPORTED,
        "supported: [spatial_avg_pool, temporal_avg_pool, last_frame]",
        vision("davit", learned, null, List.of("middle_frame")));
    unsupported(
        ErrorCode.CONFIG_INVALID,
        "image_feature_source is missing",
        vision("davit", learned, null, null));
    unsupported(
        ErrorCode.ARCHITECTURE_UNSUPPORTED,
        "vision_config.model_type = swin is not supported",
        vision("swin", null, null, null));
    unsupported(
        ErrorCode.CONFIG_INVALID,
        "a stage of 128 has 3 heads",
        vision(null, null, List.of(3, 8, 16, 32), null));
    unsupported(
        ErrorCode.CONFIG_INVALID,
        "num_heads has 2 entries for 4 stages",
        vision(null, null, List.of(4, 8), null));
  }

  @Test
  void refusesALanguageModelOfAnotherWidthThanTheFeatures() {
    BartConfig text =
        new BartConfig(
            null, null, null, 768, null, null, 12, null, null, 12, null, null, null, null);
    assertThatThrownBy(() -> new Florence2Config(null, text, null, null).language())
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("projection_dim 1024 and text_config.d_model 768 must be equal");
  }
}

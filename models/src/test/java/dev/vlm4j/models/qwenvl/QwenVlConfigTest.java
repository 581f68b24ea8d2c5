package dev.vlm4j.models.qwenvl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Value;
import dev.vlm4j.models.towers.DecoderSpec;
import dev.vlm4j.models.towers.RopeParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QwenVlConfigTest {
  private static QwenTextConfig text(
      @Nullable RopeParameters scaling,
      @Nullable RopeParameters parameters,
      @Nullable Double theta) {
    return new QwenTextConfig(
        null,
        null,
        null,
        1,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        theta,
        scaling,
        parameters,
        null,
        null,
        null,
        null,
        null);
  }

  private static RopeParameters rope(
      @Nullable String ropeType,
      @Nullable String type,
      @Nullable Double theta,
      List<Integer> sections) {
    return new RopeParameters(ropeType, type, theta, null, null, null, null, sections);
  }

  @Test
  void aSilentFileIsTheReferencesDefault() {
    DecoderSpec qwen2 = text(null, null, null).resolve(QwenTextDefaults.QWEN2);
    DecoderSpec qwen3 = text(null, null, null).resolve(QwenTextDefaults.QWEN3);

    assertThat(qwen2.sections()).startsWith(0).endsWith(2).hasSize(64);
    assertThat(qwen2.headNorms()).isFalse();
    assertThat(qwen2.qkvBias()).isTrue();
    assertThat(qwen3.sections()).startsWith(0, 1, 2, 0).endsWith(0).hasSize(64);
    assertThat(qwen3.headNorms()).isTrue();
    assertThat(qwen3.inverseFrequencies().get(1)).isEqualTo((float) (1 / Math.pow(5e5, 2 / 128.0)));
  }

  @Test
  void rotarySettingsOfAllReleasesMeanTheSame() {
    List<Integer> sections = List.of(16, 24, 24);
    DecoderSpec saved =
        text(null, rope("default", null, 1e6, sections), null).resolve(QwenTextDefaults.QWEN2);

    assertThat(
            List.of(
                text(rope(null, "mrope", null, sections), null, 1e6)
                    .resolve(QwenTextDefaults.QWEN2),
                text(rope("default", "default", null, sections), null, 1e6)
                    .resolve(QwenTextDefaults.QWEN2),
                text(null, null, 1e6).resolve(QwenTextDefaults.QWEN2)))
        .containsOnly(saved);
  }

  @Test
  void refusesSectionsThatAreNoHalfOfAHead() {
    assertThatThrownBy(
            () ->
                text(rope("default", null, null, List.of(16, 24, 23)), null, null)
                    .resolve(QwenTextDefaults.QWEN2))
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.CONFIG_INVALID);
  }

  @Test
  void towersWantTheWeightsOfPublishedCheckpoints() {
    assertThat(shape(Qwen2Vision.of(QwenVisionConfig.silent()).graph(), "patch_embed.proj.weight"))
        .isEqualTo("FLOAT[1280, 3, 2, 14, 14]");
    assertThat(shape(Qwen25Vision.of(QwenVisionConfig.silent()).graph(), "merger.mlp.2.weight"))
        .isEqualTo("FLOAT[3584, 14336]");
    assertThat(
            shape(
                Qwen3Vision.of(QwenVisionConfig.silent()).graph(),
                "deepstack_merger_list.2.norm.weight"))
        .isEqualTo("FLOAT[4608]");
  }

  private static String shape(Graph graph, String key) {
    return graph.weights().stream()
        .filter(weight -> weight.name().equals("model.visual." + key))
        .map(Value::type)
        .findFirst()
        .orElseThrow()
        .toString();
  }
}

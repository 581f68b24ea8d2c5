package dev.vlm4j.models.towers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.nn.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values are those of the reference library 5.23. */
class ConfigResolutionTest {
  private static TextConfig text(String type) {
    return new TextConfig(
        type, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null);
  }

  private static VisionConfig vision(String type) {
    return new VisionConfig(type, null, null, null, null, null, null, null, null, null);
  }

  private static void assertUnsupported(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.ARCHITECTURE_UNSUPPORTED))
        .hasMessageContaining(message);
  }

  private static void assertFrequencies(RopeParameters rope, double... first) {
    List<Float> frequencies = rope.inverseFrequencies(32, null);
    assertThat(frequencies).hasSize(16);
    for (int i = 0; i < first.length; i++) {
      double expected = first[i];
      assertThat((double) frequencies.get(i)).isCloseTo(expected, within(expected * 2.4e-7));
    }
  }

  @Test
  void fillsInTheDefaultsOfLlama() {
    DecoderSpec spec = TextConfig.silent().resolve();
    assertThat(spec).isEqualTo(text("llama").resolve());
    assertThat(
            List.of(
                spec.vocabSize(),
                spec.hiddenSize(),
                spec.intermediateSize(),
                spec.heads(),
                spec.kvHeads(),
                spec.headDim(),
                spec.maxPositions(),
                spec.layers()))
        .containsExactly(32000, 4096, 11008, 32, 32, 128, 2048, 32);
    assertThat(spec.qkvBias()).isFalse();
    assertThat(spec.windows()).containsOnly(0);
    assertThat(spec.activation()).isEqualTo(Activation.Kind.SILU);
    assertThat(spec.rmsNormEps()).isEqualTo(1e-6);
  }

  @Test
  void fillsInTheDefaultsOfMistral() {
    DecoderSpec spec = text("mistral").resolve();
    assertThat(List.of(spec.intermediateSize(), spec.kvHeads(), spec.maxPositions()))
        .containsExactly(14336, 8, 131072);
    assertThat(spec.windows()).hasSize(32).containsOnly(4096);
  }

  @Test
  void fillsInTheDefaultsOfQwen2() {
    DecoderSpec spec = text("qwen2").resolve();
    assertThat(List.of(spec.vocabSize(), spec.intermediateSize(), spec.maxPositions()))
        .containsExactly(151936, 22016, 32768);
    assertThat(spec.qkvBias()).isTrue();
    assertThat(spec.outBias()).isFalse();
    assertThat(spec.windows()).containsOnly(0);
  }

  @Test
  void fillsInTheDefaultsOfTowers() {
    assertThat(vision(null).resolve())
        .isEqualTo(
            new VisionSpec(true, 768, 3072, 12, 12, 3, 224, 32, Activation.Kind.QUICK_GELU, 1e-5));
    assertThat(vision("siglip_vision_model").resolve())
        .isEqualTo(
            new VisionSpec(false, 768, 3072, 12, 12, 3, 224, 16, Activation.Kind.GELU_TANH, 1e-6));
    assertThat(VisionConfig.clipLarge336().resolve().positions()).isEqualTo(577);
  }

  @Test
  void refusesModelsThatAreNotBuilt() {
    assertUnsupported(() -> text("gemma").resolve(), "text_config.model_type = gemma");
    assertUnsupported(() -> vision("dinov2").resolve(), "vision_config.model_type = dinov2");
    assertUnsupported(() -> ConfigValues.activation("hidden_act", "mish"), "hidden_act = mish");
  }

  @Test
  void computesFrequenciesAsTheReferenceDoes() {
    assertFrequencies(
        RopeParameters.DEFAULT, 1, 0.5623413324356079, 0.3162277638912201, 0.17782793939113617);
    assertFrequencies(
        new RopeParameters("linear", null, null, 3.0, null, null, null, null),
        0.3333333432674408,
        0.18744711577892303,
        0.10540925711393356);
    assertFrequencies(
        new RopeParameters(null, "llama3", 500000.0, 8.0, 1.0, 4.0, 8192.0, null),
        1,
        0.44036662578582764,
        0.193922758102417,
        0.08539710193872452,
        0.03760603070259094,
        0.016560440883040428,
        0.00729266507551074,
        0.0032114461064338684,
        0.0005248460220173001,
        7.784655463183299e-05);
  }

  @Test
  void refusesUnknownAndIncompleteScaling() {
    RopeParameters yarn = new RopeParameters("yarn", null, null, 4.0, null, null, null, null);
    assertUnsupported(() -> yarn.inverseFrequencies(32, null), "rope_type = yarn");
    RopeParameters linear = new RopeParameters("linear", null, null, null, null, null, null, null);
    assertThatThrownBy(() -> linear.inverseFrequencies(32, null))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("lack factor");
  }
}

package dev.vlm4j.models.qwenvl;

import static dev.vlm4j.models.towers.ConfigValues.orElse;

import org.jspecify.annotations.Nullable;

/**
 * {@code config.json} of a Qwen-VL checkpoint, null where it is silent. The components are named as
 * in the reference's {@code Qwen2VLConfig}.
 *
 * @param textConfig settings of the decoder; older files have them at top level
 * @param visionConfig settings of the vision tower
 * @param imageTokenId placeholder of a picture
 * @param tieWordEmbeddings whether the output layer is the embedding
 * @param quantizationConfig how the weights were quantised
 */
record QwenVlConfig(
    @Nullable QwenTextConfig textConfig,
    @Nullable QwenVisionConfig visionConfig,
    @Nullable Integer imageTokenId,
    @Nullable Boolean tieWordEmbeddings,
    @Nullable Quantization quantizationConfig) {
  private static final int DEFAULT_IMAGE_TOKEN = 151655;

  /**
   * The settings of a quantised checkpoint.
   *
   * @param quantMethod name of the method
   */
  record Quantization(@Nullable String quantMethod) {}

  int imageToken() {
    return orElse(imageTokenId, DEFAULT_IMAGE_TOKEN);
  }

  QwenVisionConfig vision() {
    return orElse(visionConfig, QwenVisionConfig.silent());
  }

  boolean tied(QwenTextConfig text) {
    return orElse(tieWordEmbeddings, false) || orElse(text.tieWordEmbeddings(), false);
  }
}

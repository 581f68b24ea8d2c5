package dev.vlm4j.models.florence2;

import static dev.vlm4j.models.towers.ConfigValues.orElse;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.towers.BartConfig;
import dev.vlm4j.models.towers.BartSpec;
import dev.vlm4j.models.towers.ConfigValues;
import org.jspecify.annotations.Nullable;

/**
 * {@code config.json} of a Florence-2 in either layout, null where it is silent. The components are
 * named as in the reference's {@code Florence2Config}.
 */
record Florence2Config(
    @Nullable Florence2VisionConfig visionConfig,
    @Nullable BartConfig textConfig,
    @Nullable Integer imageTokenId,
    @Nullable Boolean tieWordEmbeddings) {
  private static final String TEXT_TYPE = "bart";
  private static final int IMAGE_TOKEN = 51289;
  private static final int BART_VOCABULARY = 50265;
  private static final int LEGACY_VOCABULARY = 51289;

  Florence2VisionConfig vision() {
    return orElse(visionConfig, Florence2VisionConfig.silent());
  }

  Florence2Layout layout() {
    return vision().layout();
  }

  BartConfig text() {
    return orElse(textConfig, BartConfig.silent());
  }

  int imageToken() {
    return orElse(imageTokenId, IMAGE_TOKEN);
  }

  /** Returns whether files without an output layer use the embedding for it. */
  boolean tied() {
    return orElse(tieWordEmbeddings, true) && orElse(text().tieWordEmbeddings(), true);
  }

  /** Returns the language model; the features must have its width. */
  BartSpec language() {
    boolean legacy = layout() == Florence2Layout.LEGACY;
    String type = text().modelType();
    if (!legacy && type != null && !type.equals(TEXT_TYPE)) {
      throw ConfigValues.unsupported("text_config.model_type", type, TEXT_TYPE);
    }
    BartSpec spec = text().resolve(legacy ? LEGACY_VOCABULARY : BART_VOCABULARY);
    if (legacy && spec.embeddingScale() != 1) {
      throw ConfigValues.unsupported(
          "text_config.scale_embedding", true, "false, in the layout of the model's authors");
    }
    if (spec.hiddenSize() != vision().projection()) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "config.json: vision_config.projection_dim "
              + vision().projection()
              + " and text_config.d_model "
              + spec.hiddenSize()
              + " must be equal; correct the file");
    }
    return spec;
  }

  /** Returns the tower's projector. */
  Florence2Projector projector(DavitSpec tower) {
    return new Florence2Projector(
        tower.outputWidth(),
        vision().projection(),
        vision().positions(),
        vision().temporalPositions(),
        vision().features(),
        layout() == Florence2Layout.LEGACY);
  }
}

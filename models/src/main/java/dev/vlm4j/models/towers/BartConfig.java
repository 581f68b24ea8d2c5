package dev.vlm4j.models.towers;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import org.jspecify.annotations.Nullable;

/**
 * The {@code text_config} of a BART, as the file has it: null where it is silent. The components
 * are named as in the reference's {@code BartConfig}.
 */
public record BartConfig(
    @Nullable String modelType,
    @Nullable Integer vocabSize,
    @Nullable Integer maxPositionEmbeddings,
    @Nullable Integer dModel,
    @Nullable Integer encoderLayers,
    @Nullable Integer encoderFfnDim,
    @Nullable Integer encoderAttentionHeads,
    @Nullable Integer decoderLayers,
    @Nullable Integer decoderFfnDim,
    @Nullable Integer decoderAttentionHeads,
    @Nullable String activationFunction,
    @Nullable Boolean scaleEmbedding,
    @Nullable Boolean tieWordEmbeddings,
    @Nullable Integer decoderStartTokenId) {
  private static final int START_TOKEN = 2;

  /** Returns a configuration in which the file says nothing: BART large. */
  public static BartConfig silent() {
    return new BartConfig(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** Returns the id that every answer starts from. */
  public int startToken() {
    return orElse(decoderStartTokenId, START_TOKEN);
  }

  /**
   * Returns the settings with defaults filled in.
   *
   * @param defaultVocabulary size of the vocabulary of a silent file
   * @throws VlmException {@code CONFIG_INVALID} for sizes that do not fit
   */
  public BartSpec resolve(int defaultVocabulary) {
    int hidden = positive("text_config.d_model", dModel, 1024);
    return new BartSpec(
        positive("text_config.vocab_size", vocabSize, defaultVocabulary),
        hidden,
        positive("text_config.max_position_embeddings", maxPositionEmbeddings, 1024),
        orElse(scaleEmbedding, false) ? Math.sqrt(hidden) : 1,
        ConfigValues.activation(
            "text_config.activation_function", orElse(activationFunction, "gelu")),
        half("encoder", hidden, encoderLayers, encoderAttentionHeads, encoderFfnDim),
        half("decoder", hidden, decoderLayers, decoderAttentionHeads, decoderFfnDim));
  }

  private static BartSpec.Half half(
      String name,
      int hidden,
      @Nullable Integer layers,
      @Nullable Integer heads,
      @Nullable Integer intermediate) {
    String field = "text_config." + name;
    int count = positive(field + "_attention_heads", heads, 16);
    if (hidden % count != 0) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "config.json: text_config.d_model "
              + hidden
              + " is no multiple of "
              + field
              + "_attention_heads "
              + count
              + "; correct the file");
    }
    return new BartSpec.Half(
        positive(field + "_layers", layers, 12),
        count,
        positive(field + "_ffn_dim", intermediate, 4096));
  }
}

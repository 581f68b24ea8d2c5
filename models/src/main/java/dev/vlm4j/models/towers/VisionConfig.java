package dev.vlm4j.models.towers;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.nn.Activation;
import org.jspecify.annotations.Nullable;

/**
 * The {@code vision_config} of a checkpoint, as the file has it: null where it is silent. The
 * components are named as in the reference's {@code CLIPVisionConfig} and {@code
 * SiglipVisionConfig}.
 */
public record VisionConfig(
    @Nullable String modelType,
    @Nullable Integer hiddenSize,
    @Nullable Integer intermediateSize,
    @Nullable Integer numHiddenLayers,
    @Nullable Integer numAttentionHeads,
    @Nullable Integer numChannels,
    @Nullable Integer imageSize,
    @Nullable Integer patchSize,
    @Nullable String hiddenAct,
    @Nullable Double layerNormEps) {
  /** {@code model_type} of CLIP's tower, also the default. */
  public static final String CLIP = "clip_vision_model";

  /** {@code model_type} of SigLIP's tower. */
  public static final String SIGLIP = "siglip_vision_model";

  private static final int HIDDEN = 768;
  private static final int INTERMEDIATE = 3072;
  private static final int LAYERS = 12;

  /**
   * Returns CLIP ViT-L/14 at 336 pixels, the tower of a LLaVA file without {@code vision_config}.
   */
  public static VisionConfig clipLarge336() {
    return new VisionConfig(CLIP, 1024, 4096, 24, 16, 3, 336, 14, null, null);
  }

  /**
   * Returns the settings with the reference's defaults filled in.
   *
   * @throws VlmException {@code ARCHITECTURE_UNSUPPORTED} for another tower, {@code CONFIG_INVALID}
   *     for sizes that do not fit
   */
  public VisionSpec resolve() {
    String type = orElse(modelType, CLIP);
    boolean clip = type.equals(CLIP);
    if (!clip && !type.equals(SIGLIP)) {
      throw ConfigValues.unsupported("vision_config.model_type", type, CLIP + ", " + SIGLIP);
    }
    int hidden = positive("vision_config.hidden_size", hiddenSize, HIDDEN);
    int heads = positive("vision_config.num_attention_heads", numAttentionHeads, LAYERS);
    if (hidden % heads != 0) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "config.json: vision_config.hidden_size "
              + hidden
              + " is no multiple of "
              + heads
              + " attention heads; correct the file");
    }
    return new VisionSpec(
        clip,
        hidden,
        positive("vision_config.intermediate_size", intermediateSize, INTERMEDIATE),
        positive("vision_config.num_hidden_layers", numHiddenLayers, LAYERS),
        heads,
        positive("vision_config.num_channels", numChannels, 3),
        positive("vision_config.image_size", imageSize, 224),
        positive("vision_config.patch_size", patchSize, clip ? 32 : 16),
        activation(clip),
        orElse(layerNormEps, clip ? 1e-5 : 1e-6));
  }

  private Activation.Kind activation(boolean clip) {
    return ConfigValues.activation(
        "vision_config.hidden_act", orElse(hiddenAct, clip ? "quick_gelu" : "gelu_pytorch_tanh"));
  }
}

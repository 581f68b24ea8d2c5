package dev.vlm4j.models.qwenvl;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.nn.RotaryAngles;
import dev.vlm4j.models.towers.ConfigValues;
import dev.vlm4j.models.towers.DecoderSpec;
import dev.vlm4j.models.towers.RopeParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the decoder, null where the file is silent, an empty {@code Optional} where it
 * says null. The components are named as in the reference's {@code Qwen2VLTextConfig} and {@code
 * Qwen3VLTextConfig}.
 */
record QwenTextConfig(
    @Nullable Integer vocabSize,
    @Nullable Integer hiddenSize,
    @Nullable Integer intermediateSize,
    @Nullable Integer numHiddenLayers,
    @Nullable Integer numAttentionHeads,
    @Nullable Optional<Integer> numKeyValueHeads,
    @Nullable Integer headDim,
    @Nullable String hiddenAct,
    @Nullable Integer maxPositionEmbeddings,
    @Nullable Double rmsNormEps,
    @Nullable Boolean tieWordEmbeddings,
    @Nullable Double ropeTheta,
    @Nullable RopeParameters ropeScaling,
    @Nullable RopeParameters ropeParameters,
    @Nullable Boolean attentionBias,
    @Nullable Optional<Integer> slidingWindow,
    @Nullable Boolean useSlidingWindow,
    @Nullable Integer maxWindowLayers,
    @Nullable List<String> layerTypes) {
  private static final int DEFAULT_WINDOW = 4096;
  private static final int DEFAULT_WINDOW_LAYERS = 80;

  /** The name that older files give to rotary embeddings with sections and without scaling. */
  private static final String MROPE = "mrope";

  /**
   * Returns the settings with the reference's defaults filled in.
   *
   * @throws VlmException {@code CONFIG_INVALID} for sizes that do not fit, {@code
   *     ARCHITECTURE_UNSUPPORTED} for settings without a port
   */
  DecoderSpec resolve(QwenTextDefaults defaults) {
    int hidden = positive("hidden_size", hiddenSize, defaults.hiddenSize());
    int heads = positive("num_attention_heads", numAttentionHeads, defaults.heads());
    int kvHeads = kvHeads(heads, defaults.kvHeads());
    int dim =
        defaults.headDim() == 0
            ? Math.max(1, hidden / heads)
            : positive("head_dim", headDim, defaults.headDim());
    checkHeads(heads, kvHeads, dim);
    boolean bias = orElse(attentionBias, false);
    return new DecoderSpec(
        positive("vocab_size", vocabSize, defaults.vocabSize()),
        hidden,
        positive("intermediate_size", intermediateSize, defaults.intermediateSize()),
        heads,
        kvHeads,
        dim,
        ConfigValues.activation("hidden_act", orElse(hiddenAct, "silu")),
        positive("max_position_embeddings", maxPositionEmbeddings, defaults.maxPositions()),
        orElse(rmsNormEps, defaults.rmsNormEps()),
        bias || defaults.projectionBias(),
        bias && !defaults.projectionBias(),
        false,
        windows(positive("num_hidden_layers", numHiddenLayers, defaults.layers())),
        frequencies(dim, defaults),
        sections(dim, defaults),
        defaults.headNorms());
  }

  private int kvHeads(int heads, int fallback) {
    return numKeyValueHeads == null
        ? fallback
        : positive("num_key_value_heads", numKeyValueHeads.orElse(null), heads);
  }

  private static void checkHeads(int heads, int kvHeads, int dim) {
    if (heads % kvHeads != 0 || dim % 2 != 0) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "config.json: "
              + heads
              + " attention heads of "
              + dim
              + " elements with "
              + kvHeads
              + " key-value heads do not fit; correct the settings of the text model");
    }
  }

  private RopeParameters rope() {
    return orElse(ropeScaling, orElse(ropeParameters, RopeParameters.DEFAULT));
  }

  private List<Float> frequencies(int dim, QwenTextDefaults defaults) {
    RopeParameters rope = rope().kind().equals(MROPE) ? rope().unscaled() : rope();
    return rope.inverseFrequencies(dim, orElse(ropeTheta, defaults.ropeTheta()));
  }

  private List<Integer> sections(int dim, QwenTextDefaults defaults) {
    List<Integer> lengths = orElse(rope().mropeSection(), defaults.sections());
    List<Integer> sections =
        defaults.interleaved() ? RotaryAngles.interleaved(lengths) : RotaryAngles.chunked(lengths);
    if (lengths.size() != 3 || sections.size() != dim / 2) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "config.json: mrope_section "
              + lengths
              + " must be three numbers with the sum "
              + dim / 2
              + ", half of a head; correct the rope settings");
    }
    return sections;
  }

  /** Returns the attention window of every layer, 0 for none. */
  private List<Integer> windows(int layers) {
    List<Integer> windows = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      windows.add(slides(layer) ? window() : 0);
    }
    return windows;
  }

  private boolean slides(int layer) {
    if (!orElse(useSlidingWindow, false)) {
      return false;
    }
    return layerTypes == null
        ? layer >= orElse(maxWindowLayers, DEFAULT_WINDOW_LAYERS)
        : layerTypes.get(layer).equals("sliding_attention");
  }

  private int window() {
    return slidingWindow == null ? DEFAULT_WINDOW : slidingWindow.orElse(0);
  }
}

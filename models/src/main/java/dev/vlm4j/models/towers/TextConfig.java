package dev.vlm4j.models.towers;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code text_config} of a checkpoint, as the file has it: null where it is silent, an empty
 * {@code Optional} where it says null and that differs from silence. The components are named as in
 * the reference's {@code LlamaConfig}, {@code MistralConfig} and {@code Qwen2Config}.
 */
public record TextConfig(
    @Nullable String modelType,
    @Nullable Integer vocabSize,
    @Nullable Integer hiddenSize,
    @Nullable Integer intermediateSize,
    @Nullable Integer numHiddenLayers,
    @Nullable Integer numAttentionHeads,
    @Nullable Integer numKeyValueHeads,
    @Nullable Integer headDim,
    @Nullable String hiddenAct,
    @Nullable Integer maxPositionEmbeddings,
    @Nullable Double rmsNormEps,
    @Nullable Boolean tieWordEmbeddings,
    @Nullable Double ropeTheta,
    @Nullable RopeParameters ropeScaling,
    @Nullable RopeParameters ropeParameters,
    @Nullable Boolean attentionBias,
    @Nullable Boolean mlpBias,
    @Nullable Optional<Integer> slidingWindow,
    @Nullable Boolean useSlidingWindow,
    @Nullable Integer maxWindowLayers,
    @Nullable List<String> layerTypes) {
  /** {@code model_type} of Llama, also the default. */
  public static final String LLAMA = "llama";

  /** {@code model_type} of Mistral. */
  public static final String MISTRAL = "mistral";

  /** {@code model_type} of Qwen2. */
  public static final String QWEN2 = "qwen2";

  private static final int DEFAULT_WINDOW = 4096;

  /** Defaults in which the three reference classes differ. */
  private record Defaults(int vocab, int intermediate, int maxPositions, int kvHeads) {
    static Defaults of(String type, int heads) {
      return switch (type) {
        case LLAMA -> new Defaults(32000, 11008, 2048, heads);
        case MISTRAL -> new Defaults(32000, 14336, 4096 * 32, 8);
        case QWEN2 -> new Defaults(151936, 22016, 32768, 32);
        default ->
            throw ConfigValues.unsupported(
                "text_config.model_type", type, LLAMA + ", " + MISTRAL + ", " + QWEN2);
      };
    }
  }

  /** Returns a configuration in which the file says nothing: Llama 7B. */
  public static TextConfig silent() {
    return new TextConfig(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null);
  }

  /**
   * Returns the settings with the reference's defaults filled in.
   *
   * @throws VlmException {@code ARCHITECTURE_UNSUPPORTED} for another decoder, {@code
   *     CONFIG_INVALID} for sizes that do not fit
   */
  public DecoderSpec resolve() {
    String type = orElse(modelType, LLAMA);
    int heads = positive("text_config.num_attention_heads", numAttentionHeads, 32);
    Defaults defaults = Defaults.of(type, heads);
    int hidden = positive("text_config.hidden_size", hiddenSize, 4096);
    int kvHeads = positive("text_config.num_key_value_heads", numKeyValueHeads, defaults.kvHeads());
    int dim = positive("text_config.head_dim", headDim, Math.max(1, hidden / heads));
    if (heads % kvHeads != 0 || dim % 2 != 0) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "config.json: "
              + heads
              + " attention heads of "
              + dim
              + " elements with "
              + kvHeads
              + " key-value heads do not fit; correct text_config");
    }
    boolean bias = type.equals(LLAMA) && orElse(attentionBias, false);
    int layers = positive("text_config.num_hidden_layers", numHiddenLayers, 32);
    return new DecoderSpec(
        positive("text_config.vocab_size", vocabSize, defaults.vocab()),
        hidden,
        positive("text_config.intermediate_size", intermediateSize, defaults.intermediate()),
        heads,
        kvHeads,
        dim,
        ConfigValues.activation("text_config.hidden_act", orElse(hiddenAct, "silu")),
        positive(
            "text_config.max_position_embeddings", maxPositionEmbeddings, defaults.maxPositions()),
        orElse(rmsNormEps, 1e-6),
        bias || type.equals(QWEN2),
        bias,
        type.equals(LLAMA) && orElse(mlpBias, false),
        windows(type, layers),
        rope().inverseFrequencies(dim, ropeTheta),
        List.of(),
        false);
  }

  private RopeParameters rope() {
    return orElse(ropeParameters, orElse(ropeScaling, RopeParameters.DEFAULT));
  }

  /** Returns the attention window of every layer, 0 for none. */
  private List<Integer> windows(String type, int layers) {
    List<Integer> windows = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      windows.add(
          switch (type) {
            case MISTRAL -> window();
            case QWEN2 -> qwen2Slides(layer) ? window() : 0;
            default -> 0;
          });
    }
    return windows;
  }

  private boolean qwen2Slides(int layer) {
    if (!orElse(useSlidingWindow, false)) {
      return false;
    }
    return layerTypes == null
        ? layer >= orElse(maxWindowLayers, 28)
        : layerTypes.get(layer).equals("sliding_attention");
  }

  private int window() {
    return slidingWindow == null ? DEFAULT_WINDOW : slidingWindow.orElse(0);
  }
}

package dev.vlm4j.models.qwenvl;

import static dev.vlm4j.models.towers.ConfigValues.orElse;
import static dev.vlm4j.models.towers.ConfigValues.positive;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.models.towers.ConfigValues;
import dev.vlm4j.models.towers.RopeParameters;
import java.util.List;

/**
 * What the three vision towers have in common, with every setting known.
 *
 * @param depth number of blocks
 * @param hiddenSize elements per patch
 * @param intermediateSize elements between the layers of an MLP
 * @param heads number of attention heads
 * @param outSize elements of a feature
 * @param activation activation of the MLPs
 * @param channels channels of a picture
 * @param temporalSize frames of a patch; a picture is repeated that often
 * @param patchSize side of a patch, in pixels
 * @param mergeSize how many patches become one feature, along each side
 * @param inverseFrequencies rotary frequencies of each side, one per four elements of a head
 */
record QwenVisionSpec(
    int depth,
    int hiddenSize,
    int intermediateSize,
    int heads,
    int outSize,
    Activation.Kind activation,
    int channels,
    int temporalSize,
    int patchSize,
    int mergeSize,
    List<Float> inverseFrequencies) {
  /** Epsilon of all norms. */
  static final double EPSILON = 1e-6;

  /** Defaults in which the three reference classes differ. */
  record Defaults(
      int depth,
      int hiddenSize,
      int intermediateSize,
      int outSize,
      String activation,
      int patchSize) {}

  /**
   * Fills in defaults.
   *
   * @param file what the file says, in the sense that {@code hiddenSize} is that of the blocks
   * @throws VlmException {@code CONFIG_INVALID} for sizes that do not fit, {@code
   *     ARCHITECTURE_UNSUPPORTED} for settings without a port
   */
  static QwenVisionSpec of(QwenVisionConfig file, Defaults defaults) {
    int hidden = positive("vision_config.hidden_size", file.hiddenSize(), defaults.hiddenSize());
    int heads = positive("vision_config.num_heads", file.numHeads(), 16);
    if (hidden % heads != 0 || hidden / heads % 4 != 0) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "config.json: vision_config: "
              + heads
              + " attention heads do not divide "
              + hidden
              + " elements into multiples of four; correct the file");
    }
    return new QwenVisionSpec(
        positive("vision_config.depth", file.depth(), defaults.depth()),
        hidden,
        positive(
            "vision_config.intermediate_size",
            file.intermediateSize(),
            defaults.intermediateSize()),
        heads,
        positive("vision_config.out_hidden_size", file.outHiddenSize(), defaults.outSize()),
        ConfigValues.activation(
            "vision_config.hidden_act", orElse(file.hiddenAct(), defaults.activation())),
        positive("vision_config.in_channels", file.inChannels(), 3),
        positive("vision_config.temporal_patch_size", file.temporalPatchSize(), 2),
        positive("vision_config.patch_size", file.patchSize(), defaults.patchSize()),
        positive("vision_config.spatial_merge_size", file.spatialMergeSize(), 2),
        frequencies(orElse(file.ropeParameters(), RopeParameters.DEFAULT), hidden / heads / 2));
  }

  private static List<Float> frequencies(RopeParameters rope, int dim) {
    return switch (rope.kind()) {
      case "axial", "default" -> rope.unscaled().inverseFrequencies(dim, null);
      default -> throw ConfigValues.unsupported("vision_config rope_type", rope.kind(), "axial");
    };
  }

  /** Returns the elements of a head. */
  int headDim() {
    return hiddenSize / heads;
  }

  /** Returns the pixel values of a patch. */
  int patchValues() {
    return channels * temporalSize * patchSize * patchSize;
  }

  /** Returns how many patches become one feature. */
  int mergedPatches() {
    return mergeSize * mergeSize;
  }
}

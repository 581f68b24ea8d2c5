package dev.vlm4j.models.qwenvl;

import dev.vlm4j.models.towers.RopeParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code vision_config} of a checkpoint, null where it is silent. The components are named as
 * in the reference's {@code Qwen2VLVisionConfig}, {@code Qwen2_5_VLVisionConfig} and {@code
 * Qwen3VLVisionConfig}; like there, the {@code in_chans} of older files is not read.
 */
record QwenVisionConfig(
    @Nullable Integer depth,
    @Nullable Integer embedDim,
    @Nullable Integer hiddenSize,
    @Nullable String hiddenAct,
    @Nullable Double mlpRatio,
    @Nullable Integer intermediateSize,
    @Nullable Integer numHeads,
    @Nullable Integer inChannels,
    @Nullable Integer patchSize,
    @Nullable Integer spatialMergeSize,
    @Nullable Integer temporalPatchSize,
    @Nullable Integer windowSize,
    @Nullable Integer outHiddenSize,
    @Nullable List<Integer> fullattBlockIndexes,
    @Nullable Integer numPositionEmbeddings,
    @Nullable List<Integer> deepstackVisualIndexes,
    @Nullable RopeParameters ropeParameters) {
  /** Returns a configuration in which the file says nothing. */
  static QwenVisionConfig silent() {
    return new QwenVisionConfig(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null);
  }
}

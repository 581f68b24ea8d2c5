package dev.vlm4j.models.qwenvl;

import java.util.List;

/**
 * What the text classes of the reference differ in.
 *
 * @param vocabSize rows of the embedding
 * @param hiddenSize elements per position
 * @param intermediateSize elements between the layers of an MLP
 * @param layers number of layers
 * @param heads number of query heads
 * @param kvHeads number of key-value heads
 * @param headDim elements per head; 0 for the hidden size divided by the heads
 * @param maxPositions longest context
 * @param rmsNormEps epsilon of all norms
 * @param ropeTheta base of the rotary frequencies
 * @param sections frequencies that take the position in time, height and width
 * @param interleaved whether the sections alternate instead of following each other
 * @param headNorms whether queries and keys are normalised per head
 * @param projectionBias whether queries, keys and values always have a bias, outputs never
 */
record QwenTextDefaults(
    int vocabSize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    int maxPositions,
    double rmsNormEps,
    double ropeTheta,
    List<Integer> sections,
    boolean interleaved,
    boolean headNorms,
    boolean projectionBias) {
  /** {@code Qwen2VLTextConfig} and {@code Qwen2_5_VLTextConfig}. */
  static final QwenTextDefaults QWEN2 =
      new QwenTextDefaults(
          152064,
          8192,
          29568,
          80,
          64,
          8,
          0,
          32768,
          1e-5,
          1e6,
          List.of(16, 24, 24),
          false,
          false,
          true);

  /** {@code Qwen3VLTextConfig}. */
  static final QwenTextDefaults QWEN3 =
      new QwenTextDefaults(
          151936,
          4096,
          22016,
          32,
          32,
          32,
          128,
          128000,
          1e-6,
          5e5,
          List.of(24, 20, 20),
          true,
          true,
          false);
}

package dev.vlm4j.models.towers;

import dev.vlm4j.graph.nn.Activation;

/**
 * A BART with every setting known.
 *
 * @param vocabSize number of tokens
 * @param hiddenSize elements per position
 * @param maxPositions most positions of the encoder, and of the decoder
 * @param embeddingScale factor on the embeddings of tokens
 * @param activation activation of the MLPs
 * @param encoder sizes of the encoder's layers
 * @param decoder sizes of the decoder's layers
 */
public record BartSpec(
    int vocabSize,
    int hiddenSize,
    int maxPositions,
    double embeddingScale,
    Activation.Kind activation,
    Half encoder,
    Half decoder) {
  /**
   * Sizes of one half.
   *
   * @param layers number of layers
   * @param heads number of attention heads
   * @param intermediateSize elements between the two layers of an MLP
   */
  public record Half(int layers, int heads, int intermediateSize) {}
}

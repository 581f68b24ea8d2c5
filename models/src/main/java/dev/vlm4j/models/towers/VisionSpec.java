package dev.vlm4j.models.towers;

import dev.vlm4j.graph.nn.Activation;

/**
 * A vision tower with every setting known.
 *
 * @param clip CLIP's embedding (class token, norm in front, no bias) instead of SigLIP's
 * @param hiddenSize elements per position
 * @param intermediateSize elements between the two layers of an MLP
 * @param layers number of encoder layers
 * @param heads number of attention heads
 * @param channels channels of a picture
 * @param imageSize side of the square picture, in pixels
 * @param patchSize side of a patch, in pixels
 * @param activation activation of the MLPs
 * @param layerNormEps epsilon of all norms
 */
public record VisionSpec(
    boolean clip,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int channels,
    int imageSize,
    int patchSize,
    Activation.Kind activation,
    double layerNormEps) {
  /** Returns the number of positions of a picture, the class token included. */
  public int positions() {
    int side = imageSize / patchSize;
    return side * side + (clip ? 1 : 0);
  }
}

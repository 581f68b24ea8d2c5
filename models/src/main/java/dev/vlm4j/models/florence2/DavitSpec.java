package dev.vlm4j.models.florence2;

import dev.vlm4j.graph.nn.Activation;
import java.util.List;

/**
 * A DaViT with every setting known.
 *
 * @param channels channels of a picture
 * @param stages from the picture to the smallest feature map, at least one
 * @param windowSize side of an attention window, in positions of the feature map
 * @param qkvBias whether the projections of attention have a bias
 * @param activation activation of the MLPs
 */
record DavitSpec(
    int channels, List<Stage> stages, int windowSize, boolean qkvBias, Activation.Kind activation) {
  DavitSpec {
    stages = List.copyOf(stages);
  }

  /**
   * One stage: a convolution that makes the feature map smaller, then blocks.
   *
   * @param kernel side of the convolution's kernel
   * @param stride its step
   * @param padding its padding
   * @param normFirst whether the norm stands in front of the convolution, not behind it
   * @param width elements per position
   * @param heads heads of attention over positions
   * @param groups groups of attention over channels
   * @param depth number of blocks
   * @param intermediateSize elements between the two layers of an MLP
   */
  record Stage(
      int kernel,
      int stride,
      int padding,
      boolean normFirst,
      int width,
      int heads,
      int groups,
      int depth,
      int intermediateSize) {}

  /** Returns the elements per position of the result. */
  int outputWidth() {
    return stages.get(stages.size() - 1).width();
  }

  /** Returns the side of the result for a side of the picture. */
  int outputSide(int pixels) {
    int side = pixels;
    for (Stage stage : stages) {
      side = (side + 2 * stage.padding() - stage.kernel()) / stage.stride() + 1;
    }
    return side;
  }
}

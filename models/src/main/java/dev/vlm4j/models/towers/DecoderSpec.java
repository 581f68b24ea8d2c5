package dev.vlm4j.models.towers;

import dev.vlm4j.graph.nn.Activation;
import java.util.List;

/**
 * A Llama-like decoder with every setting known.
 *
 * @param vocabSize rows of the embedding
 * @param hiddenSize elements per position
 * @param intermediateSize elements between the layers of an MLP
 * @param heads number of query heads
 * @param kvHeads number of key-value heads
 * @param headDim elements per head
 * @param activation activation of the gates
 * @param maxPositions longest context, in positions
 * @param rmsNormEps epsilon of all norms
 * @param qkvBias whether the projections of queries, keys and values have a bias
 * @param outBias whether the projection after attention has a bias
 * @param mlpBias whether the MLPs have biases
 * @param windows attention window of every layer, 0 for none
 * @param inverseFrequencies rotary frequencies, one per pair of elements
 * @param sections for each frequency which of three positions (time, height, width) it takes; empty
 *     if a token has one position
 * @param headNorms whether queries and keys are normalised per head
 */
public record DecoderSpec(
    int vocabSize,
    int hiddenSize,
    int intermediateSize,
    int heads,
    int kvHeads,
    int headDim,
    Activation.Kind activation,
    int maxPositions,
    double rmsNormEps,
    boolean qkvBias,
    boolean outBias,
    boolean mlpBias,
    List<Integer> windows,
    List<Float> inverseFrequencies,
    List<Integer> sections,
    boolean headNorms) {
  private static final int AXES = 3;

  /** Returns the number of layers. */
  public int layers() {
    return windows.size();
  }

  /** Returns how many positions a token has: 1, or 3 for time, height and width. */
  public int positionAxes() {
    return sections.isEmpty() ? 1 : AXES;
  }
}

package dev.vlm4j.models.qwenvl;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.models.image.patches.PatchGrid;
import dev.vlm4j.models.image.patches.PatchProcessor;
import dev.vlm4j.spi.Tensor;
import java.util.List;
import java.util.Map;

/** A vision tower: one picture per run, patches as rows. */
interface QwenVision {
  /** Input: {@code [patches, patchValues]}. */
  String PIXEL_VALUES = PatchProcessor.PIXEL_VALUES;

  /** Result: {@code [tokens, outSize]}, in the order of the processor. */
  String FEATURES = "image_features";

  QwenVisionSpec spec();

  /** Builds the graph. */
  Graph graph();

  /**
   * Returns the inputs for one picture.
   *
   * @param patches its patches in the order of the processor, one after the other
   */
  Map<String, Tensor> inputs(PatchGrid grid, float[] patches);

  /** Returns the names of all results: {@link #FEATURES}, then those of decoder layers. */
  default List<String> results() {
    return List.of(FEATURES);
  }
}

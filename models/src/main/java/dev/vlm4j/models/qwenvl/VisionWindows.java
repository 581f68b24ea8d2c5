package dev.vlm4j.models.qwenvl;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.Tensor;
import java.util.Map;

/**
 * Which patches are in which window, as inputs of the vision graph. Windows at the borders of a
 * picture may be incomplete: their free slots are of a segment of their own.
 *
 * @param patches patch in every slot, {@code [windows, length]}
 * @param segments 1 for a slot with a patch, 0 for a free one, {@code [windows, length]}
 * @param slots slot of every patch, {@code [patches]}
 */
record VisionWindows(Value patches, Value segments, Value slots) {
  private static final String PATCHES = "window_patches";
  private static final String SEGMENTS = "window_segments";
  private static final String SLOTS = "window_slots";

  static VisionWindows declare(GraphBuilder builder, Dim patches, int length) {
    Dim windows = Dim.symbol("windows");
    Dim fixed = Dim.fixed(length);
    return new VisionWindows(
        builder.input(PATCHES, DType.INT, windows, fixed),
        builder.input(SEGMENTS, DType.INT, windows, fixed),
        builder.input(SLOTS, DType.INT, patches));
  }

  static Map<String, Tensor> inputs(WindowOrder order, int length) {
    int windows = order.lengths().size();
    int[] patches = new int[windows * length];
    int[] segments = new int[windows * length];
    int[] slots = new int[order.patches()];
    int patch = 0;
    for (int window = 0; window < windows; window++) {
      for (int i = 0; i < order.lengths().get(window); i++) {
        int slot = window * length + i;
        patches[slot] = patch;
        segments[slot] = 1;
        slots[patch++] = slot;
      }
    }
    return Map.of(
        PATCHES, Tensor.of(patches, windows, length),
        SEGMENTS, Tensor.of(segments, windows, length),
        SLOTS, Tensor.of(slots, slots.length));
  }
}

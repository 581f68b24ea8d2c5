package dev.vlm4j.models.qwenvl;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Reduce;
import dev.vlm4j.models.image.patches.PatchGrid;
import dev.vlm4j.spi.Tensor;
import java.util.Map;

/**
 * A square table of learned positions, interpolated to the grid of a picture: every patch takes the
 * weighted sum of four entries. Source: {@code get_vision_interpolation_indices_and_weights} of the
 * reference library (bilinear, corners aligned).
 *
 * @param entries number of entries, a square
 */
record PositionTable(int entries) {
  private static final String INDICES = "position_indices";
  private static final String WEIGHTS = "position_weights";
  private static final int TAPS = 2;

  /** Adds the positions to the patches. */
  Value add(GraphBuilder builder, Scope at, Value patches) {
    Dim taps = Dim.fixed(TAPS * TAPS);
    Value indices = builder.input(INDICES, DType.INT, patches.dim(0), taps);
    Value weights = builder.input(WEIGHTS, DType.FLOAT32, patches.dim(0), taps);
    Scope module = at.at("pos_embed");
    Value table = module.weight("weight", entries, patches.dim(1).size());
    Value taken = module.cast(module.gather(table, 0, indices), DType.FLOAT32);
    Value column = module.reshape(weights, patches.dim(0), taps, Dim.fixed(1));
    Value sum = module.reduce(Reduce.Function.SUM, module.mul(taken, column), 1);
    Value positions = module.reshape(sum, patches.dim(0), patches.dim(1));
    return at.add(patches, module.cast(positions, patches.dtype()));
  }

  /** Returns the inputs for a picture. */
  Map<String, Tensor> inputs(PatchGrid grid) {
    int[] rows = grid.rows();
    int[] columns = grid.columns();
    int count = rows.length;
    int[] indices = new int[count * TAPS * TAPS];
    float[] weights = new float[indices.length];
    int at = 0;
    for (int i = 0; i < count; i++) {
      for (int y = 0; y < TAPS; y++) {
        for (int x = 0; x < TAPS; x++) {
          int entry = tap(rows[i], grid.height(), y) * side() + tap(columns[i], grid.width(), x);
          indices[at] = entry;
          weights[at++] = weight(rows[i], grid.height(), y) * weight(columns[i], grid.width(), x);
        }
      }
    }
    return Map.of(
        INDICES, Tensor.of(indices, count, TAPS * TAPS),
        WEIGHTS, Tensor.of(weights, count, TAPS * TAPS));
  }

  private int side() {
    return (int) Math.sqrt(entries);
  }

  /** Where a patch lies in the table, in the single precision of the reference. */
  private float source(int index, int size) {
    return (float) index * (side() - 1) / Math.max(size - 1, 1);
  }

  private int tap(int index, int size, int offset) {
    int tap = (int) Math.floor(source(index, size)) + offset;
    return Math.min(tap, side() - 1);
  }

  private float weight(int index, int size, int offset) {
    float source = source(index, size);
    float distance = Math.abs(source - (float) Math.floor(source) - offset);
    return Math.max(1 - distance, 0);
  }
}

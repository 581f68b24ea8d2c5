package dev.vlm4j.models.florence2;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.LayerNorm;
import dev.vlm4j.graph.op.Constant;
import dev.vlm4j.graph.op.Reduce;
import java.util.List;
import java.util.Set;

/**
 * From the last feature map to features in the decoder's space: positions of rows, columns and time
 * are added, then chosen features projected and normed. Source: {@code
 * Florence2MultiModalProjector} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/florence2/modeling_florence2.py">modeling_florence2.py</a>.
 *
 * @param width elements per position of the map
 * @param hiddenSize elements of a feature
 * @param positions rows of the tables of row and column positions
 * @param temporalPositions rows of the table of times
 * @param sources which features, in order
 * @param transposed whether the projection is stored {@code [in, out]}
 */
record Florence2Projector(
    int width,
    int hiddenSize,
    int positions,
    int temporalPositions,
    List<Florence2Features> sources,
    boolean transposed) {
  private static final String TIMES = "pos_idx_to_embed";

  /**
   * Returns features {@code [pictures, features, hiddenSize]}.
   *
   * @param weights graph names of the tensors that the checkpoint holds
   */
  Value features(Scope at, Value map, Set<String> weights) {
    Dim count = Dim.fixed(map.dim(2).size() * map.dim(3).size());
    Value grid = at.permute(map, 0, 2, 3, 1);
    Value placed = at.add(grid, places(at.at("image_position_embed"), map));
    Value flat = at.reshape(placed, map.dim(0), count, Dim.fixed(width));
    Value timed = at.add(flat, firstTime(at.at("visual_temporal_embed"), weights));
    Value projected = project(at, at.concat(1, chosen(at, timed)));
    return LayerNorm.module(at.at("image_proj_norm"), projected, Davit.EPSILON);
  }

  private Value[] chosen(Scope at, Value timed) {
    return sources.stream()
        .map(
            source ->
                source == Florence2Features.SPATIAL_AVG_POOL
                    ? at.reduce(Reduce.Function.MEAN, timed, 1)
                    : timed)
        .toArray(Value[]::new);
  }

  /** Returns {@code [rows, columns, width]}: first the column's half, then the row's. */
  private Value places(Scope at, Value map) {
    int ofRow = width / 2;
    int ofColumn = width - ofRow;
    Dim rows = map.dim(2);
    Dim columns = map.dim(3);
    Dim one = Dim.fixed(1);
    Value byColumn = table(at.at("column_embeddings"), "weight", positions, ofColumn, columns);
    Value byRow = table(at.at("row_embeddings"), "weight", positions, ofRow, rows);
    Value columnHalf = at.reshape(byColumn, one, columns, Dim.fixed(ofColumn));
    Value rowHalf = at.reshape(byRow, rows, one, Dim.fixed(ofRow));
    return at.concat(
        2,
        at.expand(columnHalf, rows, columns, Dim.fixed(ofColumn)),
        at.expand(rowHalf, rows, columns, Dim.fixed(ofRow)));
  }

  private static Value table(Scope at, String name, int size, int elements, Dim used) {
    Value table = at.weight(name, size, elements);
    return used.size() == size ? table : at.slice(table, 0, 0, used.size());
  }

  /** Returns the position of time 0, from the file or as the reference computes it. */
  private Value firstTime(Scope at, Set<String> weights) {
    if (weights.contains(at.at(TIMES).path())) {
      return table(at, TIMES, temporalPositions, width, Dim.fixed(1));
    }
    float[] sinesAndCosines = new float[width];
    for (int i = 1; i < width; i += 2) {
      sinesAndCosines[i] = 1;
    }
    return at.constant(Constant.of(DType.FLOAT, Shape.fixed(1, width), sinesAndCosines));
  }

  private Value project(Scope at, Value x) {
    if (!transposed) {
      return at.linear("image_projection", x, hiddenSize, false);
    }
    Scope module = at.at("image_projection");
    return module.matMul(x, module.weight("weight", width, hiddenSize));
  }
}

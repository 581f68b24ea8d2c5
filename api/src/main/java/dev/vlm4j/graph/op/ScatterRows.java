package dev.vlm4j.graph.op;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Replaces rows: operands are data {@code [n, ...]}, distinct row numbers {@code [m]} and new rows
 * {@code [m, ...]}; {@code m} may be 0. The operand itself is not changed.
 */
public record ScatterRows() implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 3);
    TensorType data = inputs.get(0);
    TensorType rows = inputs.get(1);
    TensorType updates = inputs.get(2);
    Inference.requireDType(rows, DType.INT, "row numbers");
    Inference.requireSameDType(data, updates);
    Inference.require(
        rows.rank() == 1
            && data.rank() >= 1
            && data.shape().with(0, rows.dim(0)).equals(updates.shape()),
        updates + " are no rows of " + data + " for the row numbers " + rows);
    return data;
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.scatterRows(node, this);
  }
}

package dev.vlm4j.graph.op;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Picks slices of the first operand by the indices of the second: the axis is replaced by the axes
 * of the indices. An index outside of the axis is an error of the run.
 *
 * @param axis counted from the front
 */
public record Gather(int axis) implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 2);
    TensorType data = inputs.get(0);
    TensorType indices = inputs.get(1);
    Inference.requireAxis(data, axis);
    Inference.requireDType(indices, DType.INT, "indices");
    List<Dim> dims = new ArrayList<>(data.shape().dims().subList(0, axis));
    dims.addAll(indices.shape().dims());
    dims.addAll(data.shape().dims().subList(axis + 1, data.rank()));
    return data.as(new Shape(dims));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.gather(node, this);
  }
}

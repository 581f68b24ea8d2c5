package dev.vlm4j.graph.op;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Index of the largest float along one axis, the first one of equals; the axis stays with length
 * one.
 *
 * @param axis counted from the front
 */
public record ArgMax(int axis) implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    Inference.requireFloat(inputs.get(0));
    Inference.requireAxis(inputs.get(0), axis);
    return new TensorType(DType.INT, inputs.get(0).shape().with(axis, Dim.fixed(1)));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.argMax(node, this);
  }
}

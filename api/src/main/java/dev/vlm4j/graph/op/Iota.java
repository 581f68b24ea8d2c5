package dev.vlm4j.graph.op;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * The integers 0, 1, 2, ... as many as one axis of the operand is long; the elements of the operand
 * do not matter.
 *
 * @param axis counted from the front
 */
public record Iota(int axis) implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    Inference.requireAxis(inputs.get(0), axis);
    return new TensorType(DType.INT, Shape.of(inputs.get(0).dim(axis)));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.iota(node, this);
  }
}

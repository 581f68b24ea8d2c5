package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Repeats axes of length one, and adds axes in front, until the shape is reached.
 *
 * @param shape the new shape; its symbols must be those of the operand or of graph inputs
 */
public record Expand(Shape shape) implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    TensorType x = inputs.get(0);
    Inference.require(
        x.rank() <= shape.rank() && Inference.broadcast(x.shape(), shape).equals(shape),
        x + " does not expand to " + shape);
    return x.as(shape);
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.expand(node, this);
  }
}

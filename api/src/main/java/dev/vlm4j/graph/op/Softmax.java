package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Exponentials along one axis divided by their sum, the maximum taken off first.
 *
 * @param axis counted from the front
 */
public record Softmax(int axis) implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    Inference.requireFloat(inputs.get(0));
    Inference.requireAxis(inputs.get(0), axis);
    return inputs.get(0);
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.softmax(node, this);
  }
}

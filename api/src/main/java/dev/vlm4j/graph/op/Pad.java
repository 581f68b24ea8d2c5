package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Adds zeros before and after one axis of a float.
 *
 * @param axis counted from the front
 * @param before number of elements in front, at least 0
 * @param after number of elements behind, at least 0
 */
public record Pad(int axis, long before, long after) implements Op {
  /** Rejects negative amounts. */
  public Pad {
    Inference.require(before >= 0 && after >= 0, "padding must not be negative");
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    TensorType x = inputs.get(0);
    Inference.requireFloat(x);
    Inference.requireAxis(x, axis);
    return x.as(x.shape().with(axis, x.dim(axis).plus(before + after)));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.pad(node, this);
  }
}

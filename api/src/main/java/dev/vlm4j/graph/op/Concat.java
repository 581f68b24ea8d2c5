package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Joins one or more operands along an axis; all other axes are equal. At most one operand may be
 * symbolic along the axis.
 *
 * @param axis counted from the front
 */
public record Concat(int axis) implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.require(!inputs.isEmpty(), "needs at least one operand");
    TensorType first = inputs.get(0);
    Inference.requireAxis(first, axis);
    Dim joined = first.dim(axis);
    for (TensorType other : inputs.subList(1, inputs.size())) {
      Inference.requireSameDType(first, other);
      Inference.require(
          other.rank() == first.rank()
              && other.shape().with(axis, first.dim(axis)).equals(first.shape()),
          first + " and " + other + " differ outside of axis " + axis);
      joined = plus(joined, other.dim(axis));
    }
    return first.as(first.shape().with(axis, joined));
  }

  private static Dim plus(Dim a, Dim b) {
    Inference.require(a.isFixed() || b.isFixed(), a + " and " + b + " cannot be added");
    return a.isFixed() ? b.plus(a.size()) : a.plus(b.size());
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.concat(node, this);
  }
}

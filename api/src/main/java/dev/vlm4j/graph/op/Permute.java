package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Reorders axes: axis {@code i} of the result is axis {@code axes.get(i)} of the operand.
 *
 * @param axes every axis of the operand once
 */
public record Permute(List<Integer> axes) implements Op {
  /** Rejects lists that are no permutation. */
  public Permute {
    axes = List.copyOf(axes);
    for (int i = 0; i < axes.size(); i++) {
      Inference.require(axes.contains(i), axes + " is not a permutation");
    }
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    TensorType x = inputs.get(0);
    Inference.require(x.rank() == axes.size(), axes + " does not fit " + x);
    return x.as(new Shape(axes.stream().map(x::dim).toList()));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.permute(node, this);
  }
}

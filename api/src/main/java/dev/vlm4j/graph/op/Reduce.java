package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Sum, mean or maximum of floats along one axis, which stays with length one.
 *
 * @param function what to compute
 * @param axis counted from the front
 */
public record Reduce(Function function, int axis) implements Op {
  /** The functions. */
  public enum Function {
    /** Sum of the elements. */
    SUM,
    /** Sum divided by the number of elements. */
    MEAN,
    /** Largest element. */
    MAX
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    Inference.requireFloat(inputs.get(0));
    Inference.requireAxis(inputs.get(0), axis);
    return inputs.get(0).as(inputs.get(0).shape().with(axis, Dim.fixed(1)));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.reduce(node, this);
  }
}

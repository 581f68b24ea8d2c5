package dev.vlm4j.graph.op;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Element-wise comparison of two numbers of one type, with NumPy broadcasting.
 *
 * @param relation what must hold; swap the operands for the others
 */
public record Compare(Relation relation) implements Op {
  /** The relations. */
  public enum Relation {
    /** {@code a == b}. */
    EQUAL,
    /** {@code a < b}. */
    LESS,
    /** {@code a <= b}. */
    LESS_OR_EQUAL
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 2);
    TensorType a = inputs.get(0);
    TensorType b = inputs.get(1);
    Inference.requireSameDType(a, b);
    Inference.require(a.dtype().isNumeric(), "does not take " + a);
    return new TensorType(DType.BOOL, Inference.broadcast(a.shape(), b.shape()));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.compare(node, this);
  }
}

package dev.vlm4j.graph.op;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Element-wise logic of two truth values, with NumPy broadcasting.
 *
 * @param function what to compute
 */
public record Logical(Function function) implements Op {
  /** The functions. */
  public enum Function {
    /** Both hold. */
    AND,
    /** At least one holds. */
    OR
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 2);
    TensorType a = inputs.get(0);
    TensorType b = inputs.get(1);
    Inference.requireDType(a, DType.BOOL, "first operand");
    Inference.requireDType(b, DType.BOOL, "second operand");
    return a.as(Inference.broadcast(a.shape(), b.shape()));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.logical(node, this);
  }
}

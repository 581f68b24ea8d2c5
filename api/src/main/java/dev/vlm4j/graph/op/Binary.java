package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Element-wise arithmetic of two operands of one type, with NumPy broadcasting.
 *
 * @param function what to compute
 */
public record Binary(Function function) implements Op {
  /** The functions; {@link #DIV} and {@link #POW} take floats only. */
  public enum Function {
    /** {@code a + b}. */
    ADD,
    /** {@code a - b}. */
    SUB,
    /** {@code a * b}. */
    MUL,
    /** {@code a / b}. */
    DIV,
    /** a to the power b. */
    POW,
    /** The smaller one. */
    MIN,
    /** The larger one. */
    MAX
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 2);
    TensorType a = inputs.get(0);
    TensorType b = inputs.get(1);
    Inference.requireSameDType(a, b);
    boolean floatsOnly = function == Function.DIV || function == Function.POW;
    Inference.require(
        floatsOnly ? a.dtype().isFloat() : a.dtype().isNumeric(), "does not take " + a);
    return a.as(Inference.broadcast(a.shape(), b.shape()));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.binary(node, this);
  }
}

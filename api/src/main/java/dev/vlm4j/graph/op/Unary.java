package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Element-wise function of one operand.
 *
 * @param function what to compute
 */
public record Unary(Function function) implements Op {
  /** The functions; {@link #NEG} and {@link #ABS} take integers too. */
  public enum Function {
    /** {@code -x}. */
    NEG,
    /** {@code |x|}. */
    ABS,
    /** e to the power x. */
    EXP,
    /** Natural logarithm. */
    LOG,
    /** Square root. */
    SQRT,
    /** Hyperbolic tangent. */
    TANH,
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID,
    /** Gauss error function. */
    ERF,
    /** Sine of radians. */
    SIN,
    /** Cosine of radians. */
    COS
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    TensorType x = inputs.get(0);
    boolean takesIntegers = function == Function.NEG || function == Function.ABS;
    Inference.require(
        takesIntegers ? x.dtype().isNumeric() : x.dtype().isFloat(), "does not take " + x);
    return x;
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.unary(node, this);
  }
}

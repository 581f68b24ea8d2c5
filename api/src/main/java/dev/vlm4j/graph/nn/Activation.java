package dev.vlm4j.graph.nn;

import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.TensorType;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.graph.op.Composite;
import dev.vlm4j.graph.op.Unary;
import java.util.List;

/**
 * Element-wise activation function of one operand.
 *
 * @param kind which function
 */
public record Activation(Kind kind) implements Composite {
  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
  private static final double GELU_CUBIC = 0.044715;
  private static final double QUICK_GELU_SLOPE = 1.702;

  /** The functions. */
  public enum Kind {
    /** {@code x / 2 * (1 + erf(x / sqrt 2))}. */
    GELU,
    /** The approximation of {@link #GELU} with a hyperbolic tangent. */
    GELU_TANH,
    /** {@code x * sigmoid(1.702 x)}. */
    QUICK_GELU,
    /** {@code x * sigmoid(x)}. */
    SILU,
    /** {@code max(x, 0)}. */
    RELU
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Operands.count(inputs, 1);
    Operands.require(inputs.get(0).dtype().isFloat(), "needs a float, got " + inputs.get(0));
    return inputs.get(0);
  }

  @Override
  public Value expand(Scope at, List<Value> inputs) {
    Value x = inputs.get(0);
    return switch (kind) {
      case GELU -> half(at, x, at.unary(Unary.Function.ERF, at.mul(x, SQRT_HALF)));
      case GELU_TANH -> half(at, x, at.unary(Unary.Function.TANH, geluArgument(at, x)));
      case QUICK_GELU -> at.mul(x, at.unary(Unary.Function.SIGMOID, at.mul(x, QUICK_GELU_SLOPE)));
      case SILU -> at.mul(x, at.unary(Unary.Function.SIGMOID, x));
      case RELU -> at.binary(Binary.Function.MAX, x, at.scalar(x.dtype(), 0));
    };
  }

  private static Value half(Scope at, Value x, Value s) {
    return at.mul(at.mul(x, 0.5), at.add(s, 1));
  }

  private static Value geluArgument(Scope at, Value x) {
    Value cube = at.mul(at.mul(x, x), x);
    return at.mul(at.add(x, at.mul(cube, GELU_CUBIC)), SQRT_TWO_OVER_PI);
  }
}

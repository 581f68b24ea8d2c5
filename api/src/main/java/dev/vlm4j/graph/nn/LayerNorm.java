package dev.vlm4j.graph.nn;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.TensorType;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Composite;
import dev.vlm4j.graph.op.Reduce;
import dev.vlm4j.graph.op.Unary;
import java.util.List;

/**
 * Layer normalisation over the last axis: operands are x {@code [..., n]}, a scale {@code [n]} and
 * a shift {@code [n]}. Computed in 32 bits in every precision. Source: Ba et al. 2016, <a
 * href="https://arxiv.org/abs/1607.06450">arXiv:1607.06450</a>.
 *
 * @param epsilon added to the variance, greater than 0
 */
public record LayerNorm(double epsilon) implements Composite {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Operands.count(inputs, 3);
    Operands.vectorOfLastAxis(inputs.get(0), inputs.get(1));
    Operands.vectorOfLastAxis(inputs.get(0), inputs.get(2));
    return inputs.get(0);
  }

  @Override
  public Value expand(Scope at, List<Value> inputs) {
    Value x = at.cast(inputs.get(0), DType.FLOAT32);
    Value centred = at.sub(x, at.reduce(Reduce.Function.MEAN, x, -1));
    Value variance = at.reduce(Reduce.Function.MEAN, at.mul(centred, centred), -1);
    Value deviation = at.unary(Unary.Function.SQRT, at.add(variance, epsilon));
    Value scaled = at.mul(at.div(centred, deviation), at.cast(inputs.get(1), DType.FLOAT32));
    Value shifted = at.add(scaled, at.cast(inputs.get(2), DType.FLOAT32));
    return at.cast(shifted, inputs.get(0).dtype());
  }

  /** Applies the module of that name below the scope: its {@code weight} and {@code bias}. */
  public static Value module(Scope at, Value x, double epsilon) {
    long n = x.dim(-1).size();
    return at.apply(new LayerNorm(epsilon), x, at.weight("weight", n), at.weight("bias", n));
  }
}

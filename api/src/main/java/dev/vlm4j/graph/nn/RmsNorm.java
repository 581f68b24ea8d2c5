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
 * Root mean square normalisation over the last axis: operands are x {@code [..., n]} and a scale
 * {@code [n]}. The norm is computed in 32 bits, the scale is applied in the precision of the
 * operand, as {@code LlamaRMSNorm} of the reference library does. Source: Zhang and Sennrich 2019,
 * <a href="https://arxiv.org/abs/1910.07467">arXiv:1910.07467</a>.
 *
 * @param epsilon added to the mean square, greater than 0
 */
public record RmsNorm(double epsilon) implements Composite {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Operands.count(inputs, 2);
    Operands.vectorOfLastAxis(inputs.get(0), inputs.get(1));
    return inputs.get(0);
  }

  @Override
  public Value expand(Scope at, List<Value> inputs) {
    Value x = at.cast(inputs.get(0), DType.FLOAT32);
    Value meanSquare = at.reduce(Reduce.Function.MEAN, at.mul(x, x), -1);
    Value root = at.unary(Unary.Function.SQRT, at.add(meanSquare, epsilon));
    Value inverse = at.div(at.scalar(DType.FLOAT32, 1), root);
    return at.mul(inputs.get(1), at.cast(at.mul(x, inverse), inputs.get(0).dtype()));
  }

  /** Applies the module of that name below the scope: its {@code weight}. */
  public static Value module(Scope at, Value x, double epsilon) {
    return at.apply(new RmsNorm(epsilon), x, at.weight("weight", x.dim(-1).size()));
  }
}

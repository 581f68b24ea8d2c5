package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * {@code y = x W^T + b}: operands are x {@code [..., in]}, a weight in checkpoint layout {@code
 * [out, in]} and optionally a bias {@code [out]}. The one place where quantised weights will live.
 */
public record Linear() implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 2, 3);
    TensorType x = inputs.get(0);
    TensorType weight = inputs.get(1);
    Inference.requireFloat(x);
    Inference.requireSameDType(x, weight);
    Inference.require(
        x.rank() >= 1 && weight.rank() == 2 && x.dim(-1).equals(weight.dim(1)),
        weight + " is no [out, in] weight for " + x);
    if (inputs.size() == 3) {
      Inference.requireSameDType(x, inputs.get(2));
      Inference.require(
          inputs.get(2).shape().equals(Shape.of(weight.dim(0))),
          inputs.get(2) + " is no bias for " + weight);
    }
    return x.as(x.shape().with(x.rank() - 1, weight.dim(0)));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.linear(node, this);
  }
}

package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Two-dimensional convolution with equal stride and zero padding on both axes: operands are x
 * {@code [n, in, height, width]}, a weight {@code [out, in / groups, kernelHeight, kernelWidth]}
 * and optionally a bias {@code [out]}. Height and width must be fixed.
 *
 * @param stride step, at least 1
 * @param padding zeros on each of the four sides, at least 0
 * @param groups number of groups that the channels are divided into, at least 1
 */
public record Conv2d(int stride, int padding, int groups) implements Op {
  /** Rejects attributes outside of their ranges. */
  public Conv2d {
    Inference.require(stride >= 1 && padding >= 0 && groups >= 1, "impossible convolution");
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 2, 3);
    TensorType x = inputs.get(0);
    TensorType weight = inputs.get(1);
    Inference.requireFloat(x);
    Inference.requireSameDType(x, weight);
    Inference.require(x.rank() == 4 && weight.rank() == 4, x + " or " + weight + " has not 4 axes");
    Inference.require(
        x.dim(1).equals(weight.dim(1).times(groups)) && weight.dim(0).size() % groups == 0,
        weight + " in " + groups + " groups does not fit " + x);
    if (inputs.size() == 3) {
      Inference.requireSameDType(x, inputs.get(2));
      Inference.require(
          inputs.get(2).shape().equals(Shape.of(weight.dim(0))),
          inputs.get(2) + " is no bias for " + weight);
    }
    return x.as(
        Shape.of(
            x.dim(0), weight.dim(0), out(x.dim(2), weight.dim(2)), out(x.dim(3), weight.dim(3))));
  }

  private Dim out(Dim size, Dim kernel) {
    long steps = size.size() + 2L * padding - kernel.size();
    Inference.require(steps >= 0, "kernel " + kernel + " exceeds the padded size " + size);
    return Dim.fixed(steps / stride + 1);
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.conv2d(node, this);
  }
}

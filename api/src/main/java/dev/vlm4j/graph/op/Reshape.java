package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Another shape for the same elements in row-major order.
 *
 * @param shape the new shape; its symbols must be those of the operand or of graph inputs
 */
public record Reshape(Shape shape) implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    TensorType x = inputs.get(0);
    if (x.shape().isFixed() && shape.isFixed()) {
      Inference.require(
          x.shape().elements() == shape.elements(), x + " has not the elements of " + shape);
    } else {
      Inference.require(
          sameElements(x.shape(), shape), x + " cannot be shown to have the elements of " + shape);
    }
    return x.as(shape);
  }

  /** Compares products: constant factors, and the power of every symbol. */
  private static boolean sameElements(Shape a, Shape b) {
    Map<String, Integer> powers = new HashMap<>();
    long[] left = product(a, powers, 1);
    long[] right = product(b, powers, -1);
    return left[0] * right[1] == right[0] * left[1]
        && powers.values().stream().allMatch(power -> power == 0);
  }

  private static long[] product(Shape shape, Map<String, Integer> powers, int sign) {
    long[] fraction = {1, 1};
    for (Dim dim : shape.dims()) {
      String symbol = dim.symbol();
      if (symbol == null) {
        fraction[0] *= dim.offset();
      } else if (dim.offset() != 0) {
        powers.merge(dim.toString(), sign, Integer::sum);
      } else {
        fraction[0] *= dim.multiplier();
        fraction[1] *= dim.divisor();
        powers.merge(symbol, sign, Integer::sum);
      }
    }
    return fraction;
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.reshape(node, this);
  }
}

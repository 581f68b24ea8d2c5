package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Product of the last two axes; the axes before broadcast as in NumPy. Both operands have at least
 * two axes.
 *
 * @param transposeRight whether the second operand is given as {@code [..., n, k]}
 */
public record MatMul(boolean transposeRight) implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 2);
    TensorType a = inputs.get(0);
    TensorType b = inputs.get(1);
    Inference.requireFloat(a);
    Inference.requireSameDType(a, b);
    Inference.require(a.rank() >= 2 && b.rank() >= 2, a + " or " + b + " is no matrix");
    Inference.require(
        a.dim(-1).equals(b.dim(transposeRight ? -1 : -2)), a + " and " + b + " do not multiply");
    List<Dim> dims = new ArrayList<>(Inference.broadcast(batch(a), batch(b)).dims());
    dims.add(a.dim(-2));
    dims.add(b.dim(transposeRight ? -2 : -1));
    return a.as(new Shape(dims));
  }

  private static Shape batch(TensorType type) {
    return new Shape(type.shape().dims().subList(0, type.rank() - 2));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.matMul(node, this);
  }
}

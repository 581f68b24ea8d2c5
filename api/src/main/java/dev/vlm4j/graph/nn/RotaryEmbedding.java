package dev.vlm4j.graph.nn;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Composite;
import dev.vlm4j.graph.op.Slice;
import java.util.List;

/**
 * Rotates the first {@code 2 n} elements of every head; element {@code i} pairs with {@code i + n}.
 * The rest of the head passes unchanged. Operands are x {@code [rows, sequence, heads, headDim]},
 * cosines and sines {@code [rows, sequence, n]}. Source: {@code apply_rotary_pos_emb} of the
 * reference library.
 */
public record RotaryEmbedding() implements Composite {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Operands.count(inputs, 3);
    TensorType x = inputs.get(0);
    TensorType cos = inputs.get(1);
    Operands.require(x.dtype().isFloat() && x.rank() == 4, x + " has no heads");
    Operands.require(
        cos.equals(inputs.get(2))
            && cos.dtype() == x.dtype()
            && cos.rank() == 3
            && cos.shape().with(2, x.dim(1)).equals(Shape.of(x.dim(0), x.dim(1), x.dim(1)))
            && 2 * cos.dim(2).size() <= x.dim(3).size(),
        cos + " and " + inputs.get(2) + " do not rotate " + x);
    return x;
  }

  @Override
  public Value expand(Scope at, List<Value> inputs) {
    Value x = inputs.get(0);
    long half = inputs.get(1).dim(2).size();
    Value cos = perHead(at, inputs.get(1));
    Value sin = perHead(at, inputs.get(2));
    Value left = at.slice(x, 3, 0, half);
    Value right = at.slice(x, 3, half, 2 * half);
    Value rotatedLeft = at.sub(at.mul(left, cos), at.mul(right, sin));
    Value rotatedRight = at.add(at.mul(right, cos), at.mul(left, sin));
    if (2 * half == x.dim(3).size()) {
      return at.concat(3, rotatedLeft, rotatedRight);
    }
    return at.concat(3, rotatedLeft, rotatedRight, at.slice(x, 3, 2 * half, Slice.TO_END));
  }

  private static Value perHead(Scope at, Value table) {
    return at.reshape(table, table.dim(0), table.dim(1), Dim.fixed(1), table.dim(2));
  }
}

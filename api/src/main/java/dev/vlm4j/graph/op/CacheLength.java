package dev.vlm4j.graph.op;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Number of positions that each row of a group's caches held BEFORE this run: integers {@code
 * [rows]}.
 *
 * @param group name of the group of states
 * @param rows length of the result, the number of rows of the session
 */
public record CacheLength(String group, Dim rows) implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 0);
    return new TensorType(DType.INT, Shape.of(rows));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.cacheLength(node, this);
  }
}

package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Writes new positions {@code [rows, new, heads, headDim]} behind what each row of the cache holds,
 * and returns the cache {@code [rows, heads, length, headDim]}, the new positions included; {@code
 * new} may be 0. With rows of different length the result is as long as the longest row, and what
 * lies behind a shorter row is finite but meaningless.
 *
 * @param state the cache; each state is appended to by exactly one node of a graph
 */
public record CacheAppend(State state) implements Op {
  /** Returns the symbol that stands for the length of the caches of a group after this run. */
  public static Dim length(String group) {
    return Dim.symbol("cached_" + group);
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    TensorType x = inputs.get(0);
    Inference.requireFloat(x);
    Inference.require(
        x.rank() == 4
            && x.dim(2).equals(Dim.fixed(state.heads()))
            && x.dim(3).equals(Dim.fixed(state.headDim())),
        x + " does not fit " + state);
    return x.as(Shape.of(x.dim(0), x.dim(2), length(state.group()), x.dim(3)));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.cacheAppend(node, this);
  }
}

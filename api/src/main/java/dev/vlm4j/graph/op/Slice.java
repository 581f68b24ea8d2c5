package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Cuts the range {@code start} (inclusive) to {@code end} (exclusive) out of one axis.
 *
 * @param axis counted from the front
 * @param start first element, at least 0
 * @param end element after the last one, or {@link #TO_END}
 */
public record Slice(int axis, long start, long end) implements Op {
  /** Keeps everything from {@code start} on. */
  public static final long TO_END = Long.MAX_VALUE;

  /** Rejects ranges that are empty by construction. */
  public Slice {
    Inference.require(start >= 0 && end > start, "range " + start + ".." + end + " is empty");
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    TensorType x = inputs.get(0);
    Inference.requireAxis(x, axis);
    return x.as(x.shape().with(axis, length(x.dim(axis))));
  }

  private Dim length(Dim whole) {
    if (whole.isFixed()) {
      Inference.require(
          start < whole.size() && (end == TO_END || end <= whole.size()),
          "range " + start + ".." + end + " is outside of an axis of " + whole);
    }
    return end == TO_END ? whole.plus(-start) : Dim.fixed(end - start);
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.slice(node, this);
  }
}

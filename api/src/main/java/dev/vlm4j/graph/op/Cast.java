package dev.vlm4j.graph.op;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * Conversion of the element type. Floats become integers by truncation, truth values become 0 and
 * 1. Nothing converts to {@link DType#BOOL}: compare instead.
 *
 * @param to the type of the result
 */
public record Cast(DType to) implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    Inference.require(to != DType.BOOL, "cannot convert to BOOL");
    return inputs.get(0).as(to);
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.cast(node, this);
  }
}

package dev.vlm4j.graph.op;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/** Element-wise negation of truth values. */
public record Not() implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 1);
    Inference.requireDType(inputs.get(0), DType.BOOL, "operand");
    return inputs.get(0);
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.not(node, this);
  }
}

package dev.vlm4j.graph.op;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/** Element-wise choice: operands are a condition, the value where it holds, and the other value. */
public record Select() implements Op {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Inference.arity(inputs, 3);
    Inference.requireDType(inputs.get(0), DType.BOOL, "condition");
    TensorType a = inputs.get(1);
    TensorType b = inputs.get(2);
    Inference.requireSameDType(a, b);
    Shape values = Inference.broadcast(a.shape(), b.shape());
    return a.as(Inference.broadcast(inputs.get(0).shape(), values));
  }

  @Override
  public <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.select(node, this);
  }
}

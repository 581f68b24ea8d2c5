package dev.vlm4j.graph.nn;

import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.TensorType;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Composite;
import java.util.List;

/**
 * The middle of a gated MLP: operands are gate and up projection of one shape, the result is {@code
 * activation(gate) * up}. Source: Shazeer 2020, <a
 * href="https://arxiv.org/abs/2002.05202">arXiv:2002.05202</a>.
 *
 * @param kind activation of the gate
 */
public record GatedActivation(Activation.Kind kind) implements Composite {
  @Override
  public TensorType infer(List<TensorType> inputs) {
    Operands.count(inputs, 2);
    Operands.require(
        inputs.get(0).dtype().isFloat() && inputs.get(0).equals(inputs.get(1)),
        "gate and up projection differ: " + inputs);
    return inputs.get(0);
  }

  @Override
  public Value expand(Scope at, List<Value> inputs) {
    return at.mul(at.apply(new Activation(kind), inputs.get(0)), inputs.get(1));
  }
}

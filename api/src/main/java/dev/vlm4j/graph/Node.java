package dev.vlm4j.graph;

import dev.vlm4j.graph.op.Op;
import java.util.List;

/**
 * One application of an operator.
 *
 * @param op the operator with its attributes
 * @param inputs operands in the operator's order
 * @param output the result; every operator has exactly one
 * @param scope path of the module that the node belongs to, equal to the prefix of its checkpoint
 *     keys
 */
public record Node(Op op, List<Value> inputs, Value output, String scope) {
  /** Keeps an immutable copy of the inputs. */
  public Node {
    inputs = List.copyOf(inputs);
  }

  /** Returns one operand. */
  public Value input(int index) {
    return inputs.get(index);
  }

  /** Returns the types of all operands. */
  public List<TensorType> inputTypes() {
    return inputs.stream().map(Value::type).toList();
  }
}

package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import java.util.List;

/**
 * An operator made of other operators. A backend may give it a native form; otherwise {@link
 * dev.vlm4j.graph.nn.CompositeExpansion} replaces it by its expansion before the graph is lowered.
 */
public non-sealed interface Composite extends Op {
  /** Builds the same result from other operators; the operands are valid for this operator. */
  Value expand(Scope at, List<Value> inputs);

  @Override
  default <R> R accept(Node node, OpVisitor<R> visitor) {
    return visitor.composite(node, this);
  }
}

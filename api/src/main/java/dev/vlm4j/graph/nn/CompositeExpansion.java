package dev.vlm4j.graph.nn;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Composite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Rewrites a graph so that only primitives and chosen composites remain. */
public final class CompositeExpansion {
  private final Predicate<Node> keep;

  private CompositeExpansion(Predicate<Node> keep) {
    this.keep = keep;
  }

  /**
   * Returns a graph of the same inputs, weights, states and results in which every composite that
   * {@code keep} refuses is replaced by its expansion. Value numbers change.
   */
  public static Graph expand(Graph graph, Predicate<Node> keep) {
    Graph expanded = graph;
    CompositeExpansion expansion = new CompositeExpansion(keep);
    while (expanded.nodes().stream().anyMatch(expansion::isExpanded)) {
      expanded = expansion.pass(expanded);
    }
    return expanded;
  }

  private boolean isExpanded(Node node) {
    return node.op() instanceof Composite && !keep.test(node);
  }

  private Graph pass(Graph graph) {
    GraphBuilder builder = new GraphBuilder(graph.name());
    Map<Value, Value> renamed = new HashMap<>();
    for (Value input : graph.inputs()) {
      Value copy =
          builder.input(input.name(), input.dtype(), input.shape().dims().toArray(Dim[]::new));
      renamed.put(input, copy);
    }
    for (Value weight : graph.weights()) {
      renamed.put(weight, builder.root().weight(weight.name(), weight.shape().sizes()));
    }
    for (State state : graph.states()) {
      builder.state(state.name(), state.heads(), state.headDim(), state.group());
    }
    for (Node node : graph.nodes()) {
      renamed.put(node.output(), rewrite(node, builder, renamed));
    }
    graph.outputs().forEach((name, value) -> builder.output(name, of(renamed, value)));
    return builder.build();
  }

  private static Value of(Map<Value, Value> renamed, Value value) {
    return Objects.requireNonNull(renamed.get(value), "values are renamed in topological order");
  }

  private Value rewrite(Node node, GraphBuilder builder, Map<Value, Value> renamed) {
    Scope at = node.scope().isEmpty() ? builder.root() : builder.root().at(node.scope());
    List<Value> operands = new ArrayList<>();
    node.inputs().forEach(input -> operands.add(of(renamed, input)));
    if (isExpanded(node)) {
      return ((Composite) node.op()).expand(at, operands);
    }
    return at.apply(node.op(), operands.toArray(Value[]::new));
  }
}

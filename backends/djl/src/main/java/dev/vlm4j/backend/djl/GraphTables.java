package dev.vlm4j.backend.djl;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of the weights, constants, states and groups of a graph: their places in lists.
 * Immutable.
 */
final class GraphTables {
  private final Map<Value, Integer> weights = new HashMap<>();
  private final Map<Value, Integer> constants = new HashMap<>();
  private final Map<Value, Constant> scalars = new HashMap<>();
  private final List<Constant> tables = new ArrayList<>();
  private final Map<State, Integer> states = new HashMap<>();
  private final List<String> groups;

  GraphTables(Graph graph) {
    graph.weights().forEach(weight -> weights.put(weight, weights.size()));
    graph.states().forEach(state -> states.put(state, states.size()));
    groups = graph.states().stream().map(State::group).distinct().sorted().toList();
    graph.nodes().forEach(this::addConstant);
  }

  private void addConstant(Node node) {
    if (node.op() instanceof Constant constant) {
      constants.put(node.output(), tables.size());
      tables.add(constant);
      if (constant.type().rank() == 0) {
        scalars.put(node.output(), constant);
      }
    }
  }

  int weight(Value weight) {
    return weights.getOrDefault(weight, -1);
  }

  int constant(Value constant) {
    return constants.getOrDefault(constant, -1);
  }

  int state(State state) {
    return states.getOrDefault(state, -1);
  }

  int group(String group) {
    return groups.indexOf(group);
  }

  /** Returns the groups of states in the order of their numbers. */
  List<String> groups() {
    return groups;
  }

  /** Returns all constants in the order of their numbers. */
  List<Constant> constants() {
    return tables;
  }

  @Nullable Constant scalar(Value value) {
    return scalars.get(value);
  }
}

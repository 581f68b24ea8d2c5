package dev.vlm4j.graph;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.GraphException;
import dev.vlm4j.error.GraphProblem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A verified computation over neutral operators: immutable and safe to share between threads.
 *
 * <p>Nodes are in topological order. Weights carry a checkpoint key and a shape, never bytes.
 */
public final class Graph {
  private final String name;
  private final List<Value> inputs;
  private final List<Value> weights;
  private final List<State> states;
  private final List<Node> nodes;
  private final Map<String, Value> outputs;

  Graph(
      String name,
      List<Value> inputs,
      List<Value> weights,
      List<State> states,
      List<Node> nodes,
      Map<String, Value> outputs) {
    this.name = name;
    this.inputs = List.copyOf(inputs);
    this.weights = List.copyOf(weights);
    this.states = List.copyOf(states);
    this.nodes = List.copyOf(nodes);
    this.outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** Returns the name of the stage, for example {@code decoder}. */
  public String name() {
    return name;
  }

  /** Returns what each run must be given; {@link Value#name()} is the name to feed. */
  public List<Value> inputs() {
    return inputs;
  }

  /** Returns the tensors of the checkpoint; {@link Value#name()} is the checkpoint key. */
  public List<Value> weights() {
    return weights;
  }

  /** Returns the caches that a session of this graph owns. */
  public List<State> states() {
    return states;
  }

  /** Returns all nodes in topological order. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Returns the results by name, in the order of declaration. */
  public Map<String, Value> outputs() {
    return outputs;
  }

  /** Returns the input of that name; an error if there is none. */
  public Value input(String inputName) {
    return inputs.stream()
        .filter(value -> value.name().equals(inputName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("graph has no input " + inputName));
  }

  /**
   * Returns a graph of the same inputs, weights, states and nodes with other results.
   *
   * @param results values of this graph by name, in order
   * @throws GraphException {@code GRAPH_INVALID} for values of another graph, truth values, or none
   */
  public Graph withOutputs(Map<String, Value> results) {
    Graph other = new Graph(name, inputs, weights, states, nodes, results);
    List<GraphProblem> problems = GraphVerifier.problems(other);
    if (!problems.isEmpty()) {
      throw new GraphException(ErrorCode.GRAPH_INVALID, "graph " + name + " is invalid:", problems);
    }
    return other;
  }

  @Override
  public String toString() {
    return GraphPrinter.print(this);
  }
}

package dev.vlm4j.graph;

import java.util.Map;
import java.util.stream.Collectors;

/** Prints a graph as stable text: equal graphs give equal text in every release of the same set. */
public final class GraphPrinter {
  private GraphPrinter() {}

  /** Returns one line per input, weight, state, node and output. */
  public static String print(Graph graph) {
    StringBuilder out = new StringBuilder("graph ").append(graph.name()).append('\n');
    graph.inputs().forEach(v -> out.append("  input  ").append(definition(v)).append('\n'));
    graph.weights().forEach(v -> out.append("  weight ").append(definition(v)).append('\n'));
    graph.states().forEach(s -> out.append("  ").append(s).append('\n'));
    graph.nodes().forEach(n -> out.append("  ").append(print(n)).append('\n'));
    for (Map.Entry<String, Value> output : graph.outputs().entrySet()) {
      out.append("  output ").append(output.getKey()).append(" = ").append(output.getValue());
      out.append('\n');
    }
    return out.toString();
  }

  /** Returns the text of one node. */
  public static String print(Node node) {
    String operands =
        node.inputs().stream().map(Value::toString).collect(Collectors.joining(", ", "(", ")"));
    return node.output()
        + " = "
        + node.op()
        + operands
        + " : "
        + node.output().type()
        + (node.scope().isEmpty() ? "" : "  # " + node.scope());
  }

  private static String definition(Value value) {
    return value + " " + value.name() + " : " + value.type();
  }
}

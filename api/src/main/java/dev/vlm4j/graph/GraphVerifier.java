package dev.vlm4j.graph;

import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.graph.op.Expand;
import dev.vlm4j.graph.op.Reshape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks a whole graph, so that lowerings need no checks of their own. */
public final class GraphVerifier {
  private final Graph graph;
  private final List<GraphProblem> problems = new ArrayList<>();
  private final Set<Value> defined = new HashSet<>();

  private GraphVerifier(Graph graph) {
    this.graph = graph;
  }

  /** Returns every problem of the graph in node order; empty if it is valid. */
  public static List<GraphProblem> problems(Graph graph) {
    GraphVerifier verifier = new GraphVerifier(graph);
    verifier.checkDefinitions();
    verifier.checkNodes();
    verifier.checkStates();
    verifier.checkOutputs();
    return List.copyOf(verifier.problems);
  }

  private void checkDefinitions() {
    defined.addAll(graph.inputs());
    defined.addAll(graph.weights());
    for (Value input : graph.inputs()) {
      if (input.dtype() == DType.BOOL) {
        problem("", "input " + input.name(), "truth values cannot be handed over; compare inside");
      }
    }
    for (Value weight : graph.weights()) {
      if (!weight.shape().isFixed()) {
        problem(weight.name(), "weight", "shape " + weight.shape() + " is not fixed");
      }
    }
  }

  private void checkNodes() {
    for (Node node : graph.nodes()) {
      for (Value input : node.inputs()) {
        if (!defined.contains(input)) {
          problem(node, "operand " + input + " is not defined before, or of another graph");
        }
      }
      checkType(node);
      checkSymbols(node);
      defined.add(node.output());
    }
  }

  private void checkType(Node node) {
    try {
      TensorType inferred = node.op().infer(node.inputTypes());
      if (!inferred.equals(node.output().type())) {
        problem(node, "gives " + inferred + ", not " + node.output().type());
      }
    } catch (IllegalArgumentException e) {
      problem(node, String.valueOf(e.getMessage()));
    }
  }

  private void checkSymbols(Node node) {
    Shape target = targetShape(node);
    for (Dim dim : target.dims()) {
      if (!dim.isFixed() && DimSource.find(graph, node, dim).isEmpty()) {
        problem(node, "length " + dim + " is neither one of the operand nor of a graph input");
      }
    }
  }

  private static Shape targetShape(Node node) {
    if (node.op() instanceof Reshape reshape) {
      return reshape.shape();
    }
    return node.op() instanceof Expand expand ? expand.shape() : Shape.of();
  }

  /** Composites may append in their expansion, so only appends that are visible are counted. */
  private void checkStates() {
    Map<State, Integer> appends = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof CacheAppend append) {
        if (!graph.states().contains(append.state())) {
          problem(node, append.state() + " is not declared");
        }
        if (appends.merge(append.state(), 1, Integer::sum) > 1) {
          problem(node, append.state() + " is appended to twice");
        }
      }
    }
  }

  private void checkOutputs() {
    if (graph.outputs().isEmpty()) {
      problem("", "output", "graph has no output");
    }
    graph
        .outputs()
        .forEach(
            (outputName, value) -> {
              if (value.kind() != Value.Kind.INVALID && !defined.contains(value)) {
                problem("", "output " + outputName, "value " + value + " is not of this graph");
              }
              if (value.dtype() == DType.BOOL) {
                problem("", "output " + outputName, "truth values cannot be handed over; select");
              }
            });
  }

  private void problem(Node node, String reason) {
    problem(node.scope(), node.op().toString(), reason);
  }

  private void problem(String scope, String operator, String reason) {
    problems.add(new GraphProblem(scope, operator, reason));
  }
}

package dev.vlm4j.conformance.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.vlm4j.backend.reference.ReferenceBackendProvider;
import dev.vlm4j.conformance.Tolerance;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds the first node of a graph at which a backend leaves the reference backend: both run a copy
 * of the graph in which every node of floats is a result.
 */
final class Divergence {
  private final Graph tapped;
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  private Divergence(Graph graph) {
    GraphBuilder builder = new GraphBuilder(graph.name());
    Map<Value, Value> copies = new HashMap<>();
    for (Value input : graph.inputs()) {
      Dim[] dims = input.shape().dims().toArray(Dim[]::new);
      copies.put(input, builder.input(input.name(), input.dtype(), dims));
    }
    for (Value weight : graph.weights()) {
      copies.put(weight, builder.root().weight(weight.name(), weight.shape().sizes()));
    }
    for (State state : graph.states()) {
      builder.state(state.name(), state.heads(), state.headDim(), state.group());
    }
    for (Node node : graph.nodes()) {
      Value copy = copy(node, builder, copies);
      copies.put(node.output(), copy);
      if (copy.dtype() == DType.FLOAT || copy.dtype() == DType.FLOAT32) {
        String tap = "tap" + nodes.size();
        nodes.put(tap, node);
        builder.output(tap, copy);
      }
    }
    this.tapped = builder.build();
  }

  private static Value copy(Node node, GraphBuilder builder, Map<Value, Value> copies) {
    Scope at = node.scope().isEmpty() ? builder.root() : builder.root().at(node.scope());
    return at.apply(
        node.op(),
        node.inputs().stream().map(x -> requireNonNull(copies.get(x))).toArray(Value[]::new));
  }

  /** Returns a sentence about the first node that differs, for the message of a failed test. */
  static String describe(
      StagedCheckpoint checkpoint,
      Backend backend,
      Graph graph,
      Map<String, Tensor> inputs,
      Tolerance tolerance) {
    try (Backend reference = new ReferenceBackendProvider().create(BackendOptions.DEFAULT)) {
      Divergence divergence = new Divergence(graph);
      Graph tapped = divergence.tapped;
      return divergence.first(
          checkpoint.run(reference, tapped, inputs, divergence.nodes.keySet()),
          checkpoint.run(backend, tapped, inputs, divergence.nodes.keySet()),
          tolerance);
    } catch (VlmException e) {
      return "the nodes cannot be compared one by one: " + e.getMessage();
    }
  }

  private String first(
      Map<String, Tensor> expected, Map<String, Tensor> actual, Tolerance tolerance) {
    for (Map.Entry<String, Node> tap : nodes.entrySet()) {
      Tensor wanted = requireNonNull(expected.get(tap.getKey()));
      Tensor got = requireNonNull(actual.get(tap.getKey()));
      FloatDifference difference = FloatDifference.of(wanted.floats(), got.floats(), tolerance);
      if (!Arrays.equals(wanted.sizes(), got.sizes()) || difference.exists()) {
        Node node = tap.getValue();
        return "the first node that differs from the reference backend is %s in %s: %s"
            .formatted(node.op(), node.scope().isEmpty() ? "the root" : node.scope(), difference);
      }
    }
    return "all " + nodes.size() + " nodes agree with the reference backend one by one";
  }
}

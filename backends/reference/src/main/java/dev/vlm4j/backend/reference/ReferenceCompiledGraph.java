package dev.vlm4j.backend.reference;

import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.graph.op.Constant;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.spi.OutputCheck;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A graph of primitives with its weights and literals. */
final class ReferenceCompiledGraph implements CompiledGraph {
  private final LifetimeGate gate;
  private final Graph graph;
  private final ReferenceWeights weights;
  private final Map<Node, Tensor> constants = new ConcurrentHashMap<>();
  private final Map<Set<String>, List<Node>> live = new ConcurrentHashMap<>();

  ReferenceCompiledGraph(Graph graph, ReferenceWeights weights) {
    this.graph = graph;
    this.weights = weights;
    this.gate = new LifetimeGate("the compiled graph " + graph.name());
  }

  @Override
  public GraphSession openSession(SessionOptions options) {
    return gate.use(() -> new ReferenceSession(this, options));
  }

  Graph graph() {
    return graph;
  }

  <T> T use(Supplier<T> call) {
    return gate.use(call);
  }

  Tensor weight(Value weight) {
    return weights.get(weight);
  }

  Tensor constant(Node node, Constant op) {
    return constants.computeIfAbsent(node, any -> ReferenceTensors.literal(op));
  }

  /**
   * Returns the nodes that a run needs, in order: what the outputs depend on, and every append,
   * because all caches grow in every run.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} if there is no such output
   */
  List<Node> nodesFor(Set<String> outputs) {
    return live.computeIfAbsent(Set.copyOf(outputs), this::findLive);
  }

  private List<Node> findLive(Set<String> outputs) {
    OutputCheck.require(graph, outputs);
    Set<Value> needed = new HashSet<>();
    outputs.forEach(name -> needed.add(graph.outputs().get(name)));
    List<Node> nodes = new ArrayList<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (needed.contains(node.output()) || node.op() instanceof CacheAppend) {
        needed.addAll(node.inputs());
        nodes.add(node);
      }
    }
    Collections.reverse(nodes);
    return nodes;
  }

  @Override
  public void close() {
    gate.close(
        () -> {
          weights.clear();
          constants.clear();
        });
  }
}

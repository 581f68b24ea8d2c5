package dev.vlm4j.graph;

import dev.vlm4j.graph.op.Constant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * A graph whose results are what it computes on the way, so that two engines can be compared place
 * by place: the same nodes, other results. A tap is the value of a node that gives floats;
 * composites are one node, whatever an engine makes of them. An engine may fuse less in a tapped
 * graph than in the graph itself. Immutable.
 */
public final class GraphTaps {
  private final Graph graph;
  private final Map<String, Node> nodes;

  private GraphTaps(Graph original, Predicate<Node> chosen) {
    Map<String, Node> taps = new LinkedHashMap<>();
    Map<String, Value> results = new LinkedHashMap<>();
    for (Node node : original.nodes()) {
      if (chosen.test(node)) {
        String name = "tap" + taps.size();
        taps.put(name, node);
        results.put(name, node.output());
      }
    }
    this.nodes = Collections.unmodifiableMap(taps);
    this.graph = original.withOutputs(results);
  }

  /**
   * Taps every node that gives floats.
   *
   * @throws dev.vlm4j.error.GraphException {@code GRAPH_INVALID} if there is none
   */
  public static GraphTaps atNodes(Graph graph) {
    return new GraphTaps(graph, GraphTaps::isTapped);
  }

  /**
   * Taps the last floats of every visit to a scope path: a module whose nodes stand in several
   * places, for example around those of a module inside of it, has a tap in each.
   *
   * @throws dev.vlm4j.error.GraphException {@code GRAPH_INVALID} if there is none
   */
  public static GraphTaps atScopes(Graph graph) {
    return atScopes(graph, path -> true);
  }

  /** Taps some scope paths only; see {@link #atScopes(Graph)}. */
  public static GraphTaps atScopes(Graph graph, Predicate<String> paths) {
    List<Node> tapped = graph.nodes().stream().filter(GraphTaps::isTapped).toList();
    Map<Value, Node> lasts = new LinkedHashMap<>();
    for (int i = 0; i < tapped.size(); i++) {
      Node node = tapped.get(i);
      boolean last = i + 1 == tapped.size() || !tapped.get(i + 1).scope().equals(node.scope());
      if (last && paths.test(node.scope())) {
        lasts.put(node.output(), node);
      }
    }
    return new GraphTaps(graph, node -> lasts.containsKey(node.output()));
  }

  /** Literals are not computed. */
  private static boolean isTapped(Node node) {
    return node.output().dtype().isFloat() && !(node.op() instanceof Constant);
  }

  /** Returns the graph to compile; its results are the taps. */
  public Graph graph() {
    return graph;
  }

  /** Returns the tapped nodes by the name of the result, in the order of the graph. */
  public Map<String, Node> nodes() {
    return nodes;
  }

  /**
   * Returns the first tap, in the order of the graph, at which two runs do not agree.
   *
   * @param expected results of one run, by the names of the taps
   * @param actual those of the other run
   * @param agree whether an expected and an actual result are near enough
   * @param <T> what a result is
   * @return the name of the tap; empty if all agree
   */
  public <T> Optional<String> firstDifference(
      Map<String, T> expected, Map<String, T> actual, BiPredicate<T, T> agree) {
    return nodes.keySet().stream()
        .filter(tap -> !agree.test(result(expected, tap), result(actual, tap)))
        .findFirst();
  }

  private static <T> T result(Map<String, T> results, String tap) {
    return Objects.requireNonNull(results.get(tap), () -> "no result of " + tap);
  }
}

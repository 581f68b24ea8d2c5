package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.CompositeExpansion;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.spi.CacheLengths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By how much one run lengthens the caches of a group.
 *
 * @param group name of the group of states
 * @param rows number of rows that a run brings
 * @param positions number of positions that a run appends to each row
 */
record OnnxGrowth(String group, Dim rows, Dim positions) {
  /** Finds the growth of every group that the graph appends to. */
  static List<OnnxGrowth> of(Graph graph) {
    Map<String, OnnxGrowth> byGroup = new LinkedHashMap<>();
    for (Node node : appends(graph)) {
      OnnxGrowth growth = of(node);
      byGroup.putIfAbsent(growth.group, growth);
    }
    return List.copyOf(byGroup.values());
  }

  /** Returns the appends whose growth is unknown before the run or differs within a group. */
  static List<GraphProblem> problems(Graph graph) {
    List<GraphProblem> problems = new ArrayList<>();
    Map<String, OnnxGrowth> byGroup = new LinkedHashMap<>();
    for (Node node : appends(graph)) {
      OnnxGrowth growth = of(node);
      OnnxGrowth former = byGroup.getOrDefault(growth.group, growth);
      byGroup.put(growth.group, former);
      if (!isFed(graph, growth.rows) || !isFed(graph, growth.positions)) {
        problems.add(problem(node, "the length of " + node.input(0).type() + " is no input's"));
      } else if (!former.equals(growth)) {
        problems.add(problem(node, "appends other lengths than its group: " + growth));
      }
    }
    return problems;
  }

  private static GraphProblem problem(Node node, String reason) {
    return new GraphProblem(node.scope(), node.op().toString(), reason);
  }

  private static List<Node> appends(Graph graph) {
    return CompositeExpansion.expand(graph, node -> false).nodes().stream()
        .filter(node -> node.op() instanceof CacheAppend)
        .toList();
  }

  private static OnnxGrowth of(Node node) {
    Value x = node.input(0);
    return new OnnxGrowth(((CacheAppend) node.op()).state().group(), x.dim(0), x.dim(1));
  }

  private static boolean isFed(Graph graph, Dim dim) {
    Dim bare = Dim.symbol(String.valueOf(dim.symbol()));
    return dim.isFixed()
        || graph.inputs().stream().map(Value::shape).anyMatch(s -> s.dims().contains(bare));
  }

  /**
   * Returns the number of new positions of a run.
   *
   * @throws dev.vlm4j.error.VlmException {@code INVALID_ARGUMENT} if the run brings another number
   *     of rows
   */
  int positions(Map<String, Long> symbols, CacheLengths lengths) {
    lengths.checkRows(evaluate(rows, symbols));
    return Math.toIntExact(evaluate(positions, symbols));
  }

  private static long evaluate(Dim dim, Map<String, Long> symbols) {
    return dim.evaluate(symbols.getOrDefault(String.valueOf(dim.symbol()), 0L));
  }
}

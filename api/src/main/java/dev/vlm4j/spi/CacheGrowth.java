package dev.vlm4j.spi;

import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.CompositeExpansion;
import dev.vlm4j.graph.op.CacheAppend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By how much a run of a graph lengthens the caches of each group, known from its inputs, so that a
 * session can check the room before it runs anything. Thread-safe.
 */
public final class CacheGrowth {
  /** What one append brings: rows, and positions of each row. */
  private record Growth(Dim rows, Dim positions) {}

  private final Map<String, Growth> byGroup = new LinkedHashMap<>();

  /** Reads a graph without {@link #problems}; its composites may be expanded or not. */
  public CacheGrowth(Graph graph) {
    for (Node append : appends(graph)) {
      byGroup.putIfAbsent(group(append), growth(append));
    }
  }

  /**
   * Returns the appends whose lengths are those of no graph input, or others than those of their
   * group's first append.
   */
  public static List<GraphProblem> problems(Graph graph) {
    List<GraphProblem> problems = new ArrayList<>();
    Map<String, Growth> first = new LinkedHashMap<>();
    for (Node append : appends(graph)) {
      Growth growth = growth(append);
      Growth former = first.getOrDefault(group(append), growth);
      first.put(group(append), former);
      if (!isFed(graph, growth.rows) || !isFed(graph, growth.positions)) {
        problems.add(problem(append, "a length of " + append.input(0).type() + " is no input's"));
      } else if (!former.equals(growth)) {
        problems.add(problem(append, "appends " + growth + ", its group " + former));
      }
    }
    return problems;
  }

  private static List<Node> appends(Graph graph) {
    return CompositeExpansion.expand(graph, node -> false).nodes().stream()
        .filter(node -> node.op() instanceof CacheAppend)
        .toList();
  }

  private static String group(Node append) {
    return ((CacheAppend) append.op()).state().group();
  }

  private static Growth growth(Node append) {
    Value x = append.input(0);
    return new Growth(x.dim(0), x.dim(1));
  }

  private static boolean isFed(Graph graph, Dim dim) {
    Dim bare = Dim.symbol(String.valueOf(dim.symbol()));
    return dim.isFixed()
        || graph.inputs().stream().map(Value::shape).anyMatch(s -> s.dims().contains(bare));
  }

  private static GraphProblem problem(Node append, String reason) {
    return new GraphProblem(append.scope(), append.op().toString(), reason);
  }

  /**
   * Returns the number of new positions of each group.
   *
   * @param symbols values of the symbols in a run, as {@link InputCheck#symbols} gives them
   * @param lengths what the session holds
   * @throws dev.vlm4j.error.VlmException {@code INVALID_ARGUMENT} if the run has another number of
   *     rows than the session, {@code CONTEXT_TOO_LONG} if a group has no room for its positions
   */
  public Map<String, Integer> positions(Map<String, Long> symbols, CacheLengths lengths) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    byGroup.forEach(
        (group, growth) -> {
          lengths.checkRows(evaluate(growth.rows, symbols));
          int added = Math.toIntExact(evaluate(growth.positions, symbols));
          lengths.checkRoom(group, added);
          positions.put(group, added);
        });
    return positions;
  }

  private static long evaluate(Dim dim, Map<String, Long> symbols) {
    return dim.evaluate(symbols.getOrDefault(String.valueOf(dim.symbol()), 0L));
  }
}

package dev.vlm4j.backend.djl;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.spi.CacheLengths;
import java.util.Map;
import java.util.TreeMap;

/** How many rows and positions a run of a graph appends to each group of caches. Immutable. */
final class CacheWrites {
  private final Map<String, Value> appended = new TreeMap<>();

  CacheWrites(Graph graph) {
    for (Node node : graph.nodes()) {
      if (node.op() instanceof CacheAppend append) {
        put(append.state(), node.input(0));
      } else if (node.op() instanceof Attention attention && attention.cache() != null) {
        put(attention.cache().key(), node.input(1));
      }
    }
  }

  private void put(State state, Value value) {
    appended.putIfAbsent(state.group(), value);
  }

  /**
   * Returns the number of new positions of each group.
   *
   * @param symbols the symbols of the run
   * @param lengths what the session holds
   * @throws dev.vlm4j.error.VlmException {@code INVALID_ARGUMENT} if the inputs have another number
   *     of rows than the session
   */
  Map<String, Integer> positions(Map<String, Long> symbols, CacheLengths lengths) {
    Map<String, Integer> positions = new TreeMap<>();
    appended.forEach(
        (group, value) -> {
          lengths.checkRows(evaluate(value.dim(0), symbols));
          positions.put(group, Math.toIntExact(evaluate(value.dim(1), symbols)));
        });
    return positions;
  }

  private static long evaluate(Dim dim, Map<String, Long> symbols) {
    return dim.evaluate(symbols.getOrDefault(String.valueOf(dim.symbol()), 0L));
  }
}

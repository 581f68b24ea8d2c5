package dev.vlm4j.zoo;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.op.Reshape;
import dev.vlm4j.spi.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the intermediate results that exist at the same time while a graph runs: a result lives
 * from the node that computes it to the last node that reads it.
 *
 * @param graph the graph
 * @param symbols lengths that the inputs of the run give
 * @param otherwise length of axes that no input gives, and of what caches hold
 */
record ResultMemory(Graph graph, Map<String, Long> symbols, long otherwise) {
  /** Takes the lengths from the inputs of a run. */
  static ResultMemory of(Graph graph, Map<String, Tensor> inputs, long otherwise) {
    Map<String, Long> symbols = new HashMap<>();
    for (Value input : graph.inputs()) {
      Tensor given = inputs.get(input.name());
      if (given != null) {
        bind(input, given.sizes(), symbols);
      }
    }
    return new ResultMemory(graph, symbols, otherwise);
  }

  private static void bind(Value input, long[] sizes, Map<String, Long> symbols) {
    List<Dim> dims = input.shape().dims();
    for (int i = 0; i < Math.min(dims.size(), sizes.length); i++) {
      Dim dim = dims.get(i);
      if (dim.symbol() != null) {
        symbols.putIfAbsent(
            dim.symbol(), (sizes[i] - dim.offset()) * dim.divisor() / dim.multiplier());
      }
    }
  }

  /** Returns the most elements that exist at the same time, inputs included. */
  long elements() {
    return elements(true);
  }

  /** The same for an engine that computes attention without keeping scores. */
  long elementsWithoutScores() {
    return elements(false);
  }

  private long elements(boolean scores) {
    Map<Integer, Integer> lastReaders = lastReaders();
    Map<Integer, Long> living = new HashMap<>();
    long live = graph.inputs().stream().mapToLong(this::count).sum();
    long most = live;
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      if (!isView(node)) {
        long count = count(node.output());
        living.put(node.output().id(), count);
        live += count;
      }
      most = Math.max(most, live + (scores ? scores(node) : 0));
      live -= ended(living, lastReaders, i);
    }
    return most;
  }

  private static long ended(Map<Integer, Long> living, Map<Integer, Integer> readers, int node) {
    Set<Integer> ended = new HashSet<>(living.keySet());
    ended.removeIf(id -> readers.getOrDefault(id, node) > node);
    return ended.stream().mapToLong(living::remove).sum();
  }

  /** A view keeps what it shows alive. */
  private Map<Integer, Integer> lastReaders() {
    Map<Integer, Integer> shown = new HashMap<>();
    Map<Integer, Integer> readers = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      for (Value input : node.inputs()) {
        readers.put(shown.getOrDefault(input.id(), input.id()), i);
      }
      if (isView(node)) {
        int source = node.input(0).id();
        shown.put(node.output().id(), shown.getOrDefault(source, source));
      }
    }
    for (Value output : graph.outputs().values()) {
      readers.put(shown.getOrDefault(output.id(), output.id()), Integer.MAX_VALUE);
    }
    return readers;
  }

  private static boolean isView(Node node) {
    return node.op() instanceof Reshape;
  }

  /** Engines that have no better way keep a score for every pair of query and key. */
  private long scores(Node node) {
    if (!(node.op() instanceof Attention attention)) {
      return 0;
    }
    List<Dim> queries = node.input(0).shape().dims();
    long read = length(node.input(1).dim(1));
    long keys = attention.cache() == null ? read : Math.max(read, otherwise);
    return length(queries.get(0)) * length(queries.get(1)) * length(queries.get(2)) * keys;
  }

  private long count(Value value) {
    return value.shape().dims().stream().mapToLong(this::length).reduce(1, (a, b) -> a * b);
  }

  /** An estimate need not be exact: a length that does not divide is rounded. */
  long length(Dim dim) {
    if (dim.symbol() == null) {
      return dim.offset();
    }
    long value = symbols.getOrDefault(dim.symbol(), otherwise);
    return Math.max(0, value * dim.multiplier() / dim.divisor() + dim.offset());
  }
}

package dev.vlm4j.zoo;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Gather;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Estimates the memory of stages from the shapes of their weights and the states of their graphs.
 *
 * @param weights what the stages read
 * @param states caches of the stages
 * @param context positions that caches hold
 */
record MemoryEstimate(List<Weight> weights, List<State> states, int context) {
  /**
   * The Java virtual machine with this library and the pictures and texts of a request on its heap,
   * before any engine.
   */
  private static final long PROGRAM = 310_000_000;

  /** A tokenizer keeps its vocabulary in several tables, and its file passes through the heap. */
  private static final int TOKENIZER_COPIES = 15;

  /**
   * Allocators of engines round sizes up, keep what they have freed, and operators need scratch
   * memory that no graph shows.
   */
  private static final double ALLOCATED = 1.5;

  /** An integer weight has a scale for each group of values. */
  private static final double SCALES = 1.0625;

  private static final String TOKENIZER = "tokenizer.json";
  private static final int FLOAT_BYTES = 4;
  private static final int HALF_BYTES = 2;

  /**
   * A tensor that is read.
   *
   * @param tensor where it is stored
   * @param table whether only single rows of it are ever read
   */
  record Weight(StoredTensor tensor, boolean table) {}

  /**
   * Returns the estimate of stages; each weight counts once.
   *
   * @param tensors what the files hold, by the names of the graphs
   */
  static MemoryEstimate of(List<Graph> graphs, Map<String, StoredTensor> tensors, int context) {
    Map<String, Boolean> tables = new HashMap<>();
    List<State> states = new ArrayList<>();
    for (Graph graph : graphs) {
      Set<String> computed = computed(graph);
      graph
          .weights()
          .forEach(w -> tables.merge(w.name(), !computed.contains(w.name()), Boolean::logicalAnd));
      states.addAll(graph.states());
    }
    List<Weight> weights =
        tables.entrySet().stream()
            .flatMap(
                entry ->
                    Stream.ofNullable(tensors.get(entry.getKey()))
                        .map(tensor -> new Weight(tensor, entry.getValue())))
            .toList();
    return new MemoryEstimate(weights, states, context);
  }

  /** Returns the estimate of a model whose graphs are unknown. */
  static MemoryEstimate of(List<StoredTensor> tensors, int context) {
    return new MemoryEstimate(
        tensors.stream().map(tensor -> new Weight(tensor, false)).toList(), List.of(), context);
  }

  /** Weights that are more than looked up. */
  private static Set<String> computed(Graph graph) {
    Set<String> names = new HashSet<>();
    for (Node node : graph.nodes()) {
      for (Value input : node.inputs()) {
        if (input.kind() == Value.Kind.WEIGHT && !(node.op() instanceof Gather)) {
          names.add(input.name());
        }
      }
    }
    return names;
  }

  /**
   * Returns the bytes of all weights.
   *
   * @param inPlace whether the engine reads files where they lie; then of tables, only rows that
   *     are asked for become resident
   */
  long weights(Precision precision, boolean inPlace) {
    double sum = 0;
    for (Weight weight : weights) {
      if (!inPlace || !weight.table()) {
        sum += weight.tensor().shape().elements() * bytes(precision, weight.tensor());
      }
    }
    return (long) sum;
  }

  /** Vectors stay floats where matrices become integers. */
  private static double bytes(Precision precision, StoredTensor tensor) {
    boolean matrix = tensor.shape().rank() >= 2;
    return switch (precision) {
      case FP32 -> FLOAT_BYTES;
      case BF16 -> HALF_BYTES;
      case INT8 -> matrix ? SCALES : FLOAT_BYTES;
      case INT4 -> matrix ? SCALES / 2 : FLOAT_BYTES;
    };
  }

  /** Returns the bytes of the keys and values of the context. */
  long cache(Precision precision) {
    return states.stream().mapToLong(state -> cache(state, context, precision)).sum();
  }

  /**
   * Returns the bytes of the keys and values of one row.
   *
   * @param capacities positions of each group of states
   */
  static long cache(List<State> states, Map<String, Integer> capacities, Precision precision) {
    return states.stream()
        .mapToLong(state -> cache(state, capacities.getOrDefault(state.group(), 0), precision))
        .sum();
  }

  private static long cache(State state, long positions, Precision precision) {
    return positions
        * state.heads()
        * state.headDim()
        * (precision == Precision.BF16 ? HALF_BYTES : FLOAT_BYTES);
  }

  /**
   * Returns the bytes of intermediate results. They count as single precision everywhere: norms,
   * softmax and sums are computed in it.
   */
  static long results(long elements) {
    return (long) (elements * FLOAT_BYTES * ALLOCATED);
  }

  /** Returns the bytes of the program with engines and the tokenizer of a checkpoint. */
  static long program(long engines, CheckpointFolder folder) {
    return PROGRAM + engines + TOKENIZER_COPIES * folder.size(TOKENIZER);
  }
}

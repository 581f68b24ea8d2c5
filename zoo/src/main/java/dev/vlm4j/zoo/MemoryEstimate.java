package dev.vlm4j.zoo;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.StoredTensor;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Estimates the memory of a model from the shapes in its files and the states of its graphs.
 *
 * @param tensors all stored tensors
 * @param states states of all stages
 * @param context positions of prompt and answer together
 */
record MemoryEstimate(Collection<StoredTensor> tensors, List<State> states, int context) {
  /** A virtual machine, an engine and the tokenizer, measured with tiny models. */
  private static final long PROGRAM = 300_000_000;

  /** Results of the widest layer that exist at the same time while a prompt is read. */
  private static final int WIDE_RESULTS = 3;

  /** An integer weight has a scale for each group of values. */
  private static final double SCALES = 1.0625;

  private static final int FLOAT_BYTES = 4;

  static MemoryEstimate of(Collection<StoredTensor> tensors, List<Graph> graphs, int context) {
    Set<String> seen = new HashSet<>();
    List<State> states =
        graphs.stream()
            .flatMap(
                graph -> graph.states().stream().filter(s -> seen.add(graph.name() + s.name())))
            .toList();
    return new MemoryEstimate(List.copyOf(tensors), states, context);
  }

  ModelPlan.Memory in(Precision precision) {
    return new ModelPlan.Memory(
        precision.label(), weights(precision), cache(precision), activations(), PROGRAM);
  }

  private long weights(Precision precision) {
    double sum = 0;
    for (StoredTensor tensor : tensors) {
      boolean matrix = tensor.shape().rank() >= 2;
      sum += tensor.shape().elements() * bytes(precision, matrix);
    }
    return (long) sum;
  }

  /** Vectors stay floats in every precision. */
  private static double bytes(Precision precision, boolean matrix) {
    return switch (precision) {
      case FP32 -> FLOAT_BYTES;
      case BF16 -> FLOAT_BYTES / 2.0;
      case INT8 -> matrix ? SCALES : FLOAT_BYTES;
      case INT4 -> matrix ? SCALES / 2 : FLOAT_BYTES;
    };
  }

  private long cache(Precision precision) {
    long elements =
        states.stream().mapToLong(state -> (long) state.heads() * state.headDim()).sum();
    return elements * context * (precision == Precision.BF16 ? FLOAT_BYTES / 2 : FLOAT_BYTES);
  }

  /** Every position has a row as wide as the widest layer; embeddings and output are no layers. */
  private long activations() {
    long widest =
        tensors.stream()
            .filter(tensor -> tensor.shape().rank() == 2)
            .filter(tensor -> !tensor.key().contains("embed") && !tensor.key().contains("lm_head"))
            .mapToLong(tensor -> Math.max(tensor.shape().sizes()[0], tensor.shape().sizes()[1]))
            .max()
            .orElse(0);
    return widest * context * FLOAT_BYTES * WIDE_RESULTS;
  }
}

package dev.vlm4j.backend.djl;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.WeightSource;
import java.util.ArrayList;
import java.util.List;

/** Finds the stored tensor of every weight of a graph, and reports all that do not fit at once. */
final class WeightBinding {
  private final WeightSource source;
  private final List<String> problems = new ArrayList<>();
  private final List<StoredTensor> found = new ArrayList<>();

  private WeightBinding(WeightSource source) {
    this.source = source;
  }

  /**
   * Returns the stored tensors in the order of the graph's weights.
   *
   * @throws VlmException {@code WEIGHTS_MISMATCH}
   */
  static List<StoredTensor> of(Graph graph, WeightSource source) {
    WeightBinding binding = new WeightBinding(source);
    graph.weights().forEach(binding::bind);
    if (!binding.problems.isEmpty()) {
      throw new VlmException(
          ErrorCode.WEIGHTS_MISMATCH,
          "the checkpoint does not fit the graph "
              + graph.name()
              + ":\n  "
              + String.join("\n  ", binding.problems));
    }
    return binding.found;
  }

  private void bind(Value weight) {
    try {
      StoredTensor stored = source.locate(weight.name());
      if (!stored.shape().equals(weight.shape())) {
        problems.add(
            weight.name() + " has shape " + stored.shape() + ", wanted is " + weight.shape());
      } else if (TorchTypes.ofStored(stored.type()).isEmpty()) {
        problems.add(
            weight.name() + " is stored as " + stored.type() + ", wanted is F32, F16, BF16 or F64");
      }
      found.add(stored);
    } catch (VlmException e) {
      if (e.code() != ErrorCode.WEIGHTS_MISMATCH) {
        throw e;
      }
      problems.add(String.valueOf(e.getMessage()));
    }
  }
}

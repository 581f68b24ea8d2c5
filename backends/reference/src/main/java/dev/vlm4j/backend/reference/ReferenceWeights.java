package dev.vlm4j.backend.reference;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.WeightSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The weights of one compiled graph as floats on the heap, each converted at its first use. This
 * backend alone may copy weights, because it runs tiny checkpoints only.
 */
final class ReferenceWeights {
  private static final Set<StorageType> READABLE =
      EnumSet.of(StorageType.F32, StorageType.F16, StorageType.BF16, StorageType.F64);

  private final WeightSource source;
  private final Map<String, Tensor> onHeap = new ConcurrentHashMap<>();

  private ReferenceWeights(WeightSource source) {
    this.source = source;
  }

  /**
   * Checks that the source has every weight of the graph.
   *
   * @throws VlmException {@code WEIGHTS_MISMATCH} listing every weight that is missing or differs
   */
  static ReferenceWeights of(Graph graph, WeightSource source) {
    List<String> problems = new ArrayList<>();
    graph.weights().forEach(weight -> check(weight, source, problems));
    if (!problems.isEmpty()) {
      throw new VlmException(
          ErrorCode.WEIGHTS_MISMATCH,
          "the checkpoint does not fit the graph "
              + graph.name()
              + ", use the checkpoint that its configuration belongs to:\n  "
              + String.join("\n  ", problems));
    }
    return new ReferenceWeights(source);
  }

  private static void check(Value weight, WeightSource source, List<String> problems) {
    try {
      StoredTensor stored = source.locate(weight.name());
      if (!stored.shape().equals(weight.shape())) {
        problems.add(
            weight.name() + " has the shape " + stored.shape() + ", not " + weight.shape());
      }
      if (!READABLE.contains(stored.type())) {
        problems.add(
            weight.name() + " is stored as " + stored.type() + ", readable are " + READABLE);
      }
    } catch (VlmException e) {
      if (e.code() != ErrorCode.WEIGHTS_MISMATCH) {
        throw e;
      }
      problems.add(e.getMessage());
    }
  }

  Tensor get(Value weight) {
    return onHeap.computeIfAbsent(weight.name(), this::read);
  }

  private Tensor read(String key) {
    StoredTensor stored = source.locate(key);
    int count = Math.toIntExact(stored.shape().elements());
    return Tensor.of(
        StoredFloats.read(source.map(key), stored.type(), count), stored.shape().sizes());
  }

  void clear() {
    onHeap.clear();
  }
}

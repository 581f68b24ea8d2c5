package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.WeightSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.DataType;

/** The weights of a graph: found in the checkpoint, checked, then copied one at a time. */
final class TensorFlowWeights {
  private final WeightSource source;
  private final Map<String, StoredTensor> located;

  private TensorFlowWeights(WeightSource source, Map<String, StoredTensor> located) {
    this.source = source;
    this.located = located;
  }

  /**
   * Finds all weights.
   *
   * @throws VlmException {@code WEIGHTS_MISMATCH} listing everything that does not fit
   */
  static TensorFlowWeights locate(Graph graph, WeightSource source) {
    Map<String, StoredTensor> located = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Value weight : graph.weights()) {
      try {
        StoredTensor stored = source.locate(weight.name());
        located.put(weight.name(), stored);
        check(weight, stored, problems);
      } catch (VlmException e) {
        if (e.code() != ErrorCode.WEIGHTS_MISMATCH) {
          throw e;
        }
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new VlmException(
          ErrorCode.WEIGHTS_MISMATCH,
          "the weights do not fit the graph "
              + graph.name()
              + ":\n  "
              + String.join("\n  ", problems));
    }
    return new TensorFlowWeights(source, located);
  }

  private static void check(Value weight, StoredTensor stored, List<String> problems) {
    if (!stored.shape().equals(weight.shape())) {
      problems.add(
          weight.name() + " has the shape " + stored.shape() + ", wanted is " + weight.shape());
    }
    if (typeOf(stored.type()).isEmpty()) {
      problems.add(
          weight.name()
              + " is stored as "
              + stored.type()
              + "; the backend tensorflow reads F32, F16, BF16 and F64");
    }
  }

  /** Returns the name of the variable that holds a weight. */
  static String variable(String weight) {
    return "weight:" + weight;
  }

  void prepare(TensorFlowVariables variables) {
    for (StoredTensor stored : located.values()) {
      typeOf(stored.type()).ifPresent(variables::prepareAssignment);
    }
  }

  private static Optional<DataType> typeOf(StorageType stored) {
    return switch (stored) {
      case F32 -> Optional.of(DataType.DT_FLOAT);
      case F16 -> Optional.of(DataType.DT_HALF);
      case BF16 -> Optional.of(DataType.DT_BFLOAT16);
      case F64 -> Optional.of(DataType.DT_DOUBLE);
      default -> Optional.empty();
    };
  }

  void load(Session session, TensorFlowVariables variables, TensorFlowVariables.Handles handles) {
    located.forEach(
        (weight, stored) -> {
          try (Tensor value = TensorFlowTensors.stored(stored, source.map(weight))) {
            variables.assign(session, handles.of(variable(weight)), value);
          }
        });
  }
}

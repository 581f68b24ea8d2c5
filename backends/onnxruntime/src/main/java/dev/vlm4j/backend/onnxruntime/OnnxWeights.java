package dev.vlm4j.backend.onnxruntime;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Where the weights of a graph lie, checked against what the graph wants. Immutable. */
final class OnnxWeights {
  private static final Map<StorageType, Integer> TYPES =
      Map.of(
          StorageType.F32, TensorProto.DataType.FLOAT.getNumber(),
          StorageType.F16, TensorProto.DataType.FLOAT16.getNumber(),
          StorageType.BF16, TensorProto.DataType.BFLOAT16.getNumber(),
          StorageType.F64, TensorProto.DataType.DOUBLE.getNumber());

  private final Map<String, StoredTensor> stored;
  private final Path root;

  private OnnxWeights(Map<String, StoredTensor> stored, Path root) {
    this.stored = Map.copyOf(stored);
    this.root = root;
  }

  /** Finds all weights of a graph, or reports all that are missing or do not fit. */
  static OnnxWeights locate(Graph graph, WeightSource source) {
    Map<String, StoredTensor> found = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (Value weight : graph.weights()) {
      try {
        StoredTensor tensor = source.locate(weight.name());
        found.put(weight.name(), tensor);
        check(weight, tensor, problems);
      } catch (VlmException e) {
        problems.add(e.getMessage());
      }
    }
    Path root = root(found, problems);
    if (!problems.isEmpty()) {
      throw new VlmException(
          ErrorCode.WEIGHTS_MISMATCH,
          "the checkpoint does not fit the graph "
              + graph.name()
              + ":\n  "
              + String.join("\n  ", problems));
    }
    return new OnnxWeights(found, root);
  }

  private static void check(Value weight, StoredTensor tensor, List<String> problems) {
    if (!tensor.shape().equals(weight.shape())) {
      problems.add(
          weight.name() + " is stored as " + tensor.shape() + ", wanted " + weight.shape());
    }
    if (!TYPES.containsKey(tensor.type())) {
      problems.add(
          weight.name()
              + " is stored as "
              + tensor.type()
              + ", readable are "
              + new TreeSet<>(TYPES.keySet()));
    }
  }

  /** The engine reads files below one folder only. */
  private static Path root(Map<String, StoredTensor> found, List<String> problems) {
    Path working = Path.of("").toAbsolutePath().getRoot();
    List<Path> roots =
        found.values().stream()
            .map(tensor -> tensor.file().toAbsolutePath().getRoot())
            .distinct()
            .toList();
    if (roots.size() > 1) {
      problems.add("its files lie on several drives, " + roots + ": move them to one");
    }
    return roots.isEmpty() ? working : roots.get(0);
  }

  /** The folder that the locations of the initializers are relative to. */
  String dataRoot() {
    return root.toString();
  }

  boolean isSinglePrecision(String key) {
    return tensor(key).type() == StorageType.F32;
  }

  /** Declares a weight as an initializer that stays in its file. */
  TensorProto initializer(String name, String key) {
    StoredTensor tensor = tensor(key);
    String location = root.relativize(tensor.file().toAbsolutePath()).toString();
    return OnnxProtos.external(
        name,
        TYPES.getOrDefault(tensor.type(), 0),
        tensor.shape(),
        location.replace('\\', '/'),
        tensor.offset(),
        tensor.length());
  }

  private StoredTensor tensor(String key) {
    StoredTensor tensor = stored.get(key);
    if (tensor == null) {
      throw new IllegalArgumentException("no weight " + key);
    }
    return tensor;
  }
}

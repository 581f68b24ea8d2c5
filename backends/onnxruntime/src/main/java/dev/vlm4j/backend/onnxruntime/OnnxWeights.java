package dev.vlm4j.backend.onnxruntime;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
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

  private static final long FEWEST_CONVERTED = 1 << 16;

  private final Map<String, StoredTensor> stored;
  private final Path root;
  private final boolean convertible;

  private OnnxWeights(Map<String, StoredTensor> stored, Path root, boolean convertible) {
    this.stored = Map.copyOf(stored);
    this.root = root;
    this.convertible = convertible;
  }

  /**
   * Finds all weights of a graph, or reports all that are missing or do not fit.
   *
   * @param convertible whether weights may be handed over in memory
   */
  static OnnxWeights locate(Graph graph, WeightSource source, boolean convertible) {
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
    return new OnnxWeights(found, root, convertible);
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

  /** Returns how much of a file a weight takes. */
  long bytes(String key) {
    return tensor(key).length();
  }

  /**
   * Returns whether a weight should be converted before the engine sees it. For small ones it is
   * not worth the while, and the engine may want to look into them when it rewrites a model.
   */
  boolean isConverted(String key) {
    return convertible
        && !isSinglePrecision(key)
        && tensor(key).shape().elements() >= FEWEST_CONVERTED;
  }

  /** Declares a weight as an initializer that stays in its file. */
  TensorProto initializer(String name, String key) {
    StoredTensor tensor = tensor(key);
    return OnnxProtos.external(
        name,
        TYPES.getOrDefault(tensor.type(), 0),
        tensor.shape(),
        location(tensor),
        tensor.offset(),
        tensor.length());
  }

  /** Declares a weight as an input in single precision. */
  ValueInfoProto input(String name, String key) {
    return OnnxProtos.declare(name, OnnxProtos.FLOAT, tensor(key).shape().dims());
  }

  private String location(StoredTensor tensor) {
    return root.relativize(tensor.file().toAbsolutePath()).toString().replace('\\', '/');
  }

  /** A model without inputs that gives weights in single precision, under their keys. */
  GraphProto conversion(List<String> keys) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("conversion");
    for (String key : keys) {
      String stored = "weight/" + key;
      graph
          .addInitializer(initializer(stored, key))
          .addNode(OnnxProtos.cast(stored, OnnxProtos.FLOAT, key))
          .addOutput(input(key, key));
    }
    return graph.build();
  }

  private StoredTensor tensor(String key) {
    StoredTensor tensor = stored.get(key);
    if (tensor == null) {
      throw new IllegalArgumentException("no weight " + key);
    }
    return tensor;
  }
}

package dev.vlm4j.zoo.checkpoint;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.KeyTable;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.WeightSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The mapped tensors of a checkpoint under the names that the graphs use. Thread-safe. */
public final class CheckpointWeights implements WeightSource {
  private static final Set<StorageType> FLOATS =
      Set.of(StorageType.F64, StorageType.F32, StorageType.F16, StorageType.BF16);

  private final LifetimeGate gate = new LifetimeGate("the checkpoint");
  private final Map<String, StoredTensor> tensors = new HashMap<>();
  private final KeyTable keys;

  private CheckpointWeights(KeyTable keys) {
    this.keys = keys;
  }

  /**
   * Reads the headers of all weight files; no weight is read yet.
   *
   * @throws VlmException {@code WEIGHTS_MISMATCH} if two tensors of the files have the same
   *     meaning, or what {@link CheckpointFolder} and the format demand
   */
  public static CheckpointWeights open(CheckpointFolder folder, KeyTable keys) {
    CheckpointWeights weights = new CheckpointWeights(keys);
    for (StoredTensor tensor : WeightFiles.read(folder).values()) {
      StoredTensor former = weights.tensors.put(keys.toGraph(tensor.key()), tensor);
      if (former != null) {
        throw new VlmException(
            ErrorCode.WEIGHTS_MISMATCH,
            "the tensors "
                + former.key()
                + " and "
                + tensor.key()
                + " have the same meaning: the"
                + " checkpoint mixes two layouts; fetch it again");
      }
    }
    return weights;
  }

  /** Returns the graph names of all tensors. */
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /** Returns all tensors by their graph names. */
  public Map<String, StoredTensor> byName() {
    return Collections.unmodifiableMap(tensors);
  }

  /** Returns the bytes of all tensors. */
  public long bytes() {
    return tensors.values().stream().mapToLong(StoredTensor::length).sum();
  }

  /** Returns the element type that most bytes have. */
  public StorageType mainType() {
    Map<StorageType, Long> bytes = new EnumMap<>(StorageType.class);
    tensors.values().forEach(tensor -> bytes.merge(tensor.type(), tensor.length(), Long::sum));
    return bytes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(StorageType.F32);
  }

  /**
   * Checks that graphs and checkpoint fit: every weight is there in the right shape, and every
   * tensor is used or ignorable.
   *
   * @throws VlmException {@code WEIGHTS_MISMATCH} listing all problems
   */
  public void check(List<Graph> graphs) {
    List<String> problems = new ArrayList<>();
    Set<String> wanted = new HashSet<>();
    for (Graph graph : graphs) {
      for (Value weight : graph.weights()) {
        if (wanted.add(weight.name())) {
          check(weight, problems);
        }
      }
    }
    for (String name : new TreeSet<>(tensors.keySet())) {
      if (!wanted.contains(name) && !keys.isIgnorable(name)) {
        problems.add("surplus: " + locate(name).key() + " is not used by the model");
      }
    }
    if (!problems.isEmpty()) {
      throw new VlmException(
          ErrorCode.WEIGHTS_MISMATCH,
          "weights and config.json do not fit, "
              + problems.size()
              + " problems:\n  "
              + String.join("\n  ", problems));
    }
  }

  private void check(Value weight, List<String> problems) {
    StoredTensor tensor = tensors.get(weight.name());
    if (tensor == null) {
      problems.add("missing: " + weight.name() + " " + weight.shape());
    } else if (!tensor.shape().equals(weight.shape())) {
      problems.add(
          "misshapen: "
              + tensor.key()
              + " is "
              + tensor.shape()
              + ", the model wants "
              + weight.shape());
    } else if (!FLOATS.contains(tensor.type())) {
      problems.add(
          "unsupported type: "
              + tensor.key()
              + " is "
              + tensor.type()
              + ", the model wants one of "
              + new TreeSet<>(FLOATS));
    }
  }

  @Override
  public StoredTensor locate(String weight) {
    StoredTensor tensor = tensors.get(weight);
    if (tensor == null) {
      throw new VlmException(
          ErrorCode.WEIGHTS_MISMATCH,
          "the checkpoint has no tensor " + weight + "; fetch it again");
    }
    return tensor;
  }

  @Override
  public ByteBuffer map(String weight) {
    StoredTensor tensor = locate(weight);
    return gate.use(() -> map(tensor));
  }

  private static ByteBuffer map(StoredTensor tensor) {
    if (tensor.length() > Integer.MAX_VALUE) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "tensor "
              + tensor.key()
              + " has "
              + tensor.length()
              + " bytes, Java maps at most 2 GiB: use a"
              + " backend that reads the file itself (onnxruntime, djl)");
    }
    try (FileChannel channel = FileChannel.open(tensor.file(), StandardOpenOption.READ)) {
      if (tensor.offset() + tensor.length() > channel.size()) {
        throw new VlmException(
            ErrorCode.WEIGHTS_INVALID,
            tensor.file().getFileName() + " became shorter since it was opened; fetch it again");
      }
      return channel
          .map(FileChannel.MapMode.READ_ONLY, tensor.offset(), tensor.length())
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "cannot map " + tensor.file() + ": " + e + "; check that it is there and may be read",
          e);
    }
  }

  @Override
  public void close() {
    gate.close(() -> {});
  }
}

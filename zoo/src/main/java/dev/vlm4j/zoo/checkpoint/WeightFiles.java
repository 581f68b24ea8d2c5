package dev.vlm4j.zoo.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.StoredTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the tensors of a checkpoint: one safetensors file, or several with an index. */
public final class WeightFiles {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9._-]+\\.safetensors");
  private static final Pattern REFUSED =
      Pattern.compile("(?i).*\\.(bin|pt|pth|ckpt|pkl|pickle|h5|npy|npz|msgpack)");

  private final CheckpointFolder folder;

  private WeightFiles(CheckpointFolder folder) {
    this.folder = folder;
  }

  /**
   * Returns all tensors by the names that the files use.
   *
   * @throws VlmException {@code FILE_MISSING}, {@code WEIGHTS_FORMAT_REFUSED} or {@code
   *     WEIGHTS_INVALID}
   */
  static Map<String, StoredTensor> read(CheckpointFolder folder) {
    return new WeightFiles(folder).tensors();
  }

  /**
   * Returns the weight files that the index of a checkpoint names.
   *
   * @throws VlmException {@code WEIGHTS_INVALID} if a name is no plain safetensors file
   */
  public static Set<String> shards(CheckpointFolder folder) {
    return new TreeSet<>(new WeightFiles(folder).weightMap().values());
  }

  private Map<String, StoredTensor> tensors() {
    if (folder.find(SINGLE).isPresent()) {
      return byName(SafetensorsFile.read(folder.require(SINGLE, "")));
    }
    if (folder.find(INDEX).isPresent()) {
      return sharded(weightMap());
    }
    throw missing();
  }

  private VlmException missing() {
    List<String> refused =
        folder.names().stream().filter(name -> REFUSED.matcher(name).matches()).toList();
    if (!refused.isEmpty()) {
      return new VlmException(
          ErrorCode.WEIGHTS_FORMAT_REFUSED,
          "the folder "
              + folder.path()
              + " has weights in "
              + refused
              + ", a format that can run code: use a revision with safetensors files");
    }
    return new VlmException(
        ErrorCode.FILE_MISSING,
        "the folder " + folder.path() + " has no weights: it needs " + SINGLE + " or " + INDEX);
  }

  private Map<String, String> weightMap() {
    JsonNode map = JsonFiles.object(folder.require(INDEX, "")).path("weight_map");
    Map<String, String> shards = new TreeMap<>();
    map.properties().forEach(entry -> shards.put(entry.getKey(), shard(entry.getValue())));
    if (shards.isEmpty()) {
      throw new VlmException(
          ErrorCode.WEIGHTS_INVALID, INDEX + " has no weight_map; fetch the file again");
    }
    return shards;
  }

  private static String shard(JsonNode name) {
    if (name.isTextual() && SHARD.matcher(name.asText()).matches()) {
      return name.asText();
    }
    throw new VlmException(
        ErrorCode.WEIGHTS_INVALID,
        INDEX
            + " names the file "
            + name
            + ": only plain names that end in .safetensors are allowed");
  }

  private Map<String, StoredTensor> sharded(Map<String, String> shardOf) {
    Map<String, StoredTensor> all = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (String shard : new TreeSet<>(shardOf.values())) {
      Path file = folder.require(shard, "the index needs this file; fetch the model again");
      for (StoredTensor tensor : SafetensorsFile.read(file)) {
        if (!shard.equals(shardOf.get(tensor.key()))) {
          problems.add(
              tensor.key() + " is in " + shard + ", the index says " + shardOf.get(tensor.key()));
        } else {
          all.put(tensor.key(), tensor);
        }
      }
    }
    for (Map.Entry<String, String> wanted : shardOf.entrySet()) {
      if (!all.containsKey(wanted.getKey())) {
        problems.add(wanted.getKey() + " is not in " + wanted.getValue());
      }
    }
    if (!problems.isEmpty()) {
      throw new VlmException(
          ErrorCode.WEIGHTS_INVALID,
          INDEX + " and the weight files do not agree:\n  " + String.join("\n  ", problems));
    }
    return all;
  }

  private static Map<String, StoredTensor> byName(List<StoredTensor> tensors) {
    Map<String, StoredTensor> all = new LinkedHashMap<>();
    tensors.forEach(tensor -> all.put(tensor.key(), tensor));
    return all;
  }
}

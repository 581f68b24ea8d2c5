package dev.vlm4j.conformance.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.vlm4j.graph.Shape;
import dev.vlm4j.spi.StorageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes tensors as the weight files of a checkpoint. */
final class SafetensorsWriter {
  private record Entry(StorageType type, Shape shape, byte[] bytes) {}

  private final Map<String, Entry> entries = new TreeMap<>();

  /** Adds a tensor, or replaces the one of that name. */
  void put(String key, StorageType type, Shape shape, byte[] bytes) {
    entries.put(key, new Entry(type, shape, bytes));
  }

  /** Writes one file, or several of them and their index. */
  void write(Path folder, int shards) throws IOException {
    if (shards == 1) {
      writeFile(folder.resolve("model.safetensors"), List.copyOf(entries.keySet()));
      return;
    }
    List<String> keys = new ArrayList<>(entries.keySet());
    Map<String, String> places = new TreeMap<>();
    for (int shard = 0; shard < shards; shard++) {
      String file = "model-%05d-of-%05d.safetensors".formatted(shard + 1, shards);
      int from = keys.size() * shard / shards;
      List<String> part = keys.subList(from, keys.size() * (shard + 1) / shards);
      writeFile(folder.resolve(file), part);
      part.forEach(key -> places.put(key, file));
    }
    String map =
        places.entrySet().stream()
            .map(place -> "\"%s\":\"%s\"".formatted(place.getKey(), place.getValue()))
            .collect(Collectors.joining(","));
    Files.writeString(
        folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{" + map + "}}");
  }

  private void writeFile(Path file, List<String> keys) throws IOException {
    List<String> header = new ArrayList<>();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String key : keys) {
      Entry entry = requireNonNull(entries.get(key));
      int start = data.size();
      data.writeBytes(entry.bytes());
      header.add(
          "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  key, entry.type(), Arrays.toString(entry.shape().sizes()), start, data.size()));
    }
    byte[] head = ("{" + String.join(",", header) + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(length.putLong(head.length).array());
    all.writeBytes(head);
    all.writeBytes(data.toByteArray());
    Files.write(file, all.toByteArray());
  }
}

package dev.vlm4j.conformance.checkpoint;

import static java.util.Objects.requireNonNull;

import dev.vlm4j.spi.KeyTable;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.CheckpointWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes the folders of checkpoints, those made from another checkpoint included. */
final class CheckpointFolders {
  private static final String ADDED = "added.safetensors";

  private static final Map<String, KeyTable> LAYOUTS =
      Map.of(
          "saved", KeyTable.identity(),
          "flat",
              KeyTable.identity()
                  .prefix("model.language_model.", "model.")
                  .prefix("model.visual.", "visual."),
          "old", KeyTable.identity().prefix("vision_tower.", "vision_tower.vision_model."),
          "middle",
              KeyTable.identity()
                  .prefix("language_model.model.", "model.language_model.")
                  .prefix("language_model.lm_head.", "lm_head.")
                  .prefix("vision_tower.", "model.vision_tower.vision_model.")
                  .prefix("multi_modal_projector.", "model.multi_modal_projector."));

  private final GoldenFiles files;

  CheckpointFolders(GoldenFiles files) {
    this.files = files;
  }

  /** Returns a folder in Hub layout. */
  Path folder(GoldenCheckpoint checkpoint) {
    if (checkpoint.base().isEmpty()) {
      return files.model(checkpoint.name());
    }
    try {
      return make(checkpoint, files.model(checkpoint.base().get()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the checkpoint " + checkpoint, e);
    }
  }

  private Path make(GoldenCheckpoint checkpoint, Path base) throws IOException {
    Path folder = files.emptyFolder(checkpoint.name());
    copyAll(base, folder);
    for (String file : checkpoint.absent()) {
      Files.delete(folder.resolve(file));
    }
    Path own = files.model(checkpoint.name());
    if (Files.exists(own)) {
      copyAll(own, folder);
    }
    SafetensorsWriter writer = new SafetensorsWriter();
    GoldenCheckpoint.Rewrite rewrite = checkpoint.rewrite();
    add(base, rewrite, writer);
    if (Files.exists(folder.resolve(ADDED))) {
      addAlone(folder.resolve(ADDED), rewrite, writer);
    }
    writer.write(folder, rewrite.shards());
    return folder;
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.list(from)) {
      for (Path file : all.toList()) {
        if (!file.endsWith("model.safetensors")) {
          Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /** Moves the added tensors into a folder of their own to read them, and out of the checkpoint. */
  private void addAlone(Path added, GoldenCheckpoint.Rewrite rewrite, SafetensorsWriter writer)
      throws IOException {
    Path alone = files.emptyFolder("added");
    Files.writeString(alone.resolve("config.json"), "{}");
    Files.move(added, alone.resolve("model.safetensors"));
    add(alone, rewrite, writer);
  }

  private static void add(Path folder, GoldenCheckpoint.Rewrite rewrite, SafetensorsWriter writer) {
    CheckpointFolder source = CheckpointFolder.open(folder);
    try (CheckpointWeights weights = CheckpointWeights.open(source, KeyTable.identity())) {
      for (String key : new TreeSet<>(weights.names())) {
        StoredTensor tensor = weights.locate(key);
        String name = requireNonNull(LAYOUTS.get(rewrite.layout())).toGraph(key);
        writer.put(
            name, rewrite.store(), tensor.shape(), stored(weights.map(key), rewrite.store()));
      }
    }
  }

  private static byte[] stored(ByteBuffer floats, StorageType type) {
    byte[] all = new byte[floats.remaining()];
    floats.get(all);
    return switch (type) {
      case F32 -> all;
      case BF16 -> ExactFloats.toBf16(all);
      case F16 -> ExactFloats.toHalf(all);
      default -> throw new IllegalArgumentException("checkpoints are not rewritten as " + type);
    };
  }
}

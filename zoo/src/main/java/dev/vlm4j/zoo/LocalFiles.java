package dev.vlm4j.zoo;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.KeyTable;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.CheckpointWeights;
import dev.vlm4j.zoo.checkpoint.WeightFiles;
import dev.vlm4j.zoo.hub.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The files of a model that is in a folder of this machine. */
record LocalFiles(CheckpointFolder folder) {
  List<ModelPlan.PlannedFile> planned() {
    List<String> names = folder.names();
    List<String> needed = new ArrayList<>(CheckpointFiles.settings(names));
    needed.addAll(CheckpointFiles.weights(names, () -> WeightFiles.shards(folder)));
    return needed.stream()
        .map(name -> new ModelPlan.PlannedFile(name, size(folder.require(name, "")), true))
        .toList();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static VlmException failure(IOException e) {
    return new VlmException(
        ErrorCode.IO_FAILURE,
        "cannot read the model: " + e + "; check that it is there and may be read",
        e);
  }

  List<StoredTensor> tensors() {
    try (CheckpointWeights weights = CheckpointWeights.open(folder, KeyTable.identity())) {
      return new TreeSet<>(weights.names()).stream().map(weights::locate).toList();
    }
  }
}

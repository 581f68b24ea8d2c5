package dev.vlm4j.zoo;

import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import java.util.List;
import java.util.Optional;

/**
 * A model of which the settings are on this machine, and of whose weights at least the headers are
 * known.
 */
record PlannedSource(
    String model,
    CheckpointFolder folder,
    Optional<String> license,
    Optional<Boolean> gated,
    List<String> ignored,
    List<ModelPlan.PlannedFile> files,
    long diskFree,
    List<StoredTensor> tensors) {}

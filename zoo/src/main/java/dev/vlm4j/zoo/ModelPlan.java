package dev.vlm4j.zoo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What loading a model would take, found without fetching a weight.
 *
 * @param model what was asked for
 * @param commit commit of a model on a Hub
 * @param modelType {@code model_type} of the checkpoint
 * @param architecture the architecture that supports it; empty if none does
 * @param problem why it cannot be loaded; empty if nothing is known against it
 * @param license short name of the licence; empty if it is unknown
 * @param gated whether terms must be accepted; empty if it is unknown
 * @param ignored what of the repository is not used although other programs would, one line each
 * @param files the files that are needed
 * @param diskFree bytes free on the volume of the cache
 * @param parameters number of parameters for each stored type
 * @param contextLength most positions of prompt and answer together; 0 if unknown
 * @param plannedContext the positions that the memory is estimated for
 * @param imageTokens tokens of the given picture; empty without one
 * @param memory estimate for each engine and precision
 * @param memoryAvailable bytes of memory that programs can still get here
 * @param backends the installed engines
 */
public record ModelPlan(
    String model,
    Optional<String> commit,
    String modelType,
    Optional<String> architecture,
    String problem,
    Optional<String> license,
    Optional<Boolean> gated,
    List<String> ignored,
    List<PlannedFile> files,
    long diskFree,
    Map<String, Long> parameters,
    int contextLength,
    int plannedContext,
    OptionalInt imageTokens,
    List<Memory> memory,
    long memoryAvailable,
    List<Fit> backends) {
  /** Keeps immutable copies. */
  public ModelPlan {
    ignored = List.copyOf(ignored);
    files = List.copyOf(files);
    parameters = Map.copyOf(parameters);
    memory = List.copyOf(memory);
    backends = List.copyOf(backends);
  }

  /** Returns the bytes that are not in the cache. */
  public long bytesToFetch() {
    return files.stream().filter(file -> !file.cached()).mapToLong(PlannedFile::bytes).sum();
  }

  /** Returns the bytes that are in the cache. */
  public long bytesCached() {
    return files.stream().filter(PlannedFile::cached).mapToLong(PlannedFile::bytes).sum();
  }

  /**
   * A file that the model needs.
   *
   * @param name its name
   * @param bytes its size
   * @param cached whether it is on this machine
   */
  public record PlannedFile(String name, long bytes, boolean cached) {}

  /**
   * Estimated memory with one engine in one precision.
   *
   * @param backend name of the engine; empty if none here computes in the precision
   * @param precision its name
   * @param weights bytes of the weights
   * @param cache bytes of the keys and values of the planned context
   * @param activations bytes of intermediate results while a picture and the prompt are read; 0 if
   *     the architecture is not supported
   * @param program bytes of the virtual machine and the engine
   */
  public record Memory(
      String backend, String precision, long weights, long cache, long activations, long program) {
    /** Returns the sum. */
    public long total() {
      return weights + cache + activations + program;
    }
  }

  /**
   * An engine and whether it can run the model here.
   *
   * @param backend its name
   * @param precisions precisions that it computes in and that fit into the memory
   * @param reason why it cannot; empty if it can
   */
  public record Fit(String backend, List<String> precisions, String reason) {}
}

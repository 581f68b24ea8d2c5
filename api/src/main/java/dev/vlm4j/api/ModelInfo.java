package dev.vlm4j.api;

import java.util.List;
import java.util.Optional;

/**
 * What has been loaded.
 *
 * @param id what was asked for: folder, Hub identifier or {@code builtin}
 * @param architecture name of the adapter, for example {@code llava}
 * @param modelType {@code model_type} of the checkpoint
 * @param stages every compiled stage with its engine
 * @param contextLength most positions of prompt and answer together
 * @param weightBytes bytes of all weights in the checkpoint's own format
 * @param commit commit of the Hub that all files come from; empty for a folder of another kind
 */
public record ModelInfo(
    String id,
    String architecture,
    String modelType,
    List<Stage> stages,
    int contextLength,
    long weightBytes,
    Optional<String> commit) {
  /** Keeps an immutable copy. */
  public ModelInfo {
    stages = List.copyOf(stages);
  }

  /** Describes a model that does not come from a Hub. */
  public ModelInfo(
      String id,
      String architecture,
      String modelType,
      List<Stage> stages,
      int contextLength,
      long weightBytes) {
    this(id, architecture, modelType, stages, contextLength, weightBytes, Optional.empty());
  }

  /**
   * One compiled stage.
   *
   * @param name for example {@code vision} or {@code decoder}
   * @param backend name of the backend
   * @param engineVersion version of its engine
   * @param precision number format it computes in, for example {@code fp32}
   */
  public record Stage(String name, String backend, String engineVersion, String precision) {}
}

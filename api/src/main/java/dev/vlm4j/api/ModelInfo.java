package dev.vlm4j.api;

import java.util.List;

/**
 * What has been loaded.
 *
 * @param id what was asked for: folder, Hub identifier or {@code builtin}
 * @param architecture name of the adapter, for example {@code llava}
 * @param modelType {@code model_type} of the checkpoint
 * @param stages every compiled stage with its engine
 * @param contextLength most positions of prompt and answer together
 * @param weightBytes bytes of all weights in the checkpoint's own format
 */
public record ModelInfo(
    String id,
    String architecture,
    String modelType,
    List<Stage> stages,
    int contextLength,
    long weightBytes) {
  /** Keeps an immutable copy. */
  public ModelInfo {
    stages = List.copyOf(stages);
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

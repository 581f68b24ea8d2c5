package dev.vlm4j.zoo.parity;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.ModelInfo;
import java.util.List;

/**
 * How far the engines lie apart in one request.
 *
 * @param model what was asked for: folder, Hub identifier or {@code builtin}
 * @param base stages of the engine that the others are measured against; it computes in fp32
 * @param answer the base's answer, whose tokens all engines are fed
 * @param engines the other engines in the order of naming
 */
public record ParityReport(
    String model, List<ModelInfo.Stage> base, Answer answer, List<EngineParity> engines) {
  /** Keeps immutable copies. */
  public ParityReport {
    base = List.copyOf(base);
    engines = List.copyOf(engines);
  }

  /** Returns whether all engines are within the tolerances. */
  public boolean isWithin() {
    return engines.stream().allMatch(EngineParity::isWithin);
  }
}

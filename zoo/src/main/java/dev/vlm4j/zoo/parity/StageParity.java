package dev.vlm4j.zoo.parity;

/**
 * How far a stage lies from the base: the largest absolute differences of its results.
 *
 * @param stage what was compared
 * @param difference with all stages on the engine: what users see
 * @param alone with the base's results as inputs: what this stage adds
 * @param limit the most that is allowed of either
 */
public record StageParity(ParityStage stage, double difference, double alone, double limit) {
  /** Returns whether both differences are within the limit. */
  public boolean isWithin() {
    return difference <= limit && alone <= limit;
  }
}

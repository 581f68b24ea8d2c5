package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.EarlyStopping;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.zoo.checkpoint.GenerationConfig;
import java.util.Objects;

/**
 * How a beam search goes.
 *
 * @param beams how many answers are followed at once
 * @param lengthPenalty power of the length that scores are divided by
 * @param stopping when it ends
 */
record BeamSettings(int beams, double lengthPenalty, EarlyStopping stopping) {
  /** Returns what the caller asks for, else what the checkpoint says. */
  static BeamSettings of(GenerationConfig config, GenerationOptions options) {
    return new BeamSettings(
        options.numBeams(),
        options.lengthPenalty().orElse(Objects.requireNonNullElse(config.lengthPenalty(), 1.0)),
        options.earlyStopping().orElse(config.stopping().orElse(EarlyStopping.FALSE)));
  }

  /** Returns a sum of log probabilities in relation to the number of new ids. */
  float score(float sum, int newTokens) {
    return sum / (float) Math.pow(newTokens, lengthPenalty);
  }
}

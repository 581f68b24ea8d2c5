package dev.vlm4j.zoo.parity;

import dev.vlm4j.api.ModelInfo;
import java.util.List;
import java.util.Optional;

/**
 * How far one engine lies from the base.
 *
 * @param engine its stages
 * @param stages what was compared; without pictures there are no pixels and no features
 * @param otherToken the first token in which its own answer differs from the base's
 * @param tokensMatter whether another token is beyond the tolerance
 * @param trace where the first difference is; empty if none was looked for, or nothing is beyond
 */
public record EngineParity(
    List<ModelInfo.Stage> engine,
    List<StageParity> stages,
    Optional<OtherToken> otherToken,
    boolean tokensMatter,
    Optional<ParityTrace> trace) {
  /** Keeps immutable copies. */
  public EngineParity {
    engine = List.copyOf(engine);
    stages = List.copyOf(stages);
  }

  /** Returns the name of the backend. */
  public String backend() {
    return engine.get(0).backend();
  }

  /** Returns whether every stage, and the answer where it matters, is within the tolerance. */
  public boolean isWithin() {
    return stages.stream().allMatch(StageParity::isWithin)
        && (otherToken.isEmpty() || !tokensMatter);
  }

  EngineParity with(ParityTrace found) {
    return new EngineParity(engine, stages, otherToken, tokensMatter, Optional.of(found));
  }
}

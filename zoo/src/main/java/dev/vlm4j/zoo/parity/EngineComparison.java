package dev.vlm4j.zoo.parity;

import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.Tolerance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures what an engine gave against what the base gave.
 *
 * @param engine its stages
 * @param otherToken the first token in which the answers differ
 * @param base what the base gave
 * @param own what the engine gave with inputs of its own
 * @param alone what the engine gave with the base's inputs
 */
record EngineComparison(
    List<ModelInfo.Stage> engine,
    Optional<OtherToken> otherToken,
    StageOutputs base,
    StageOutputs own,
    StageOutputs alone) {

  EngineParity parity() {
    List<StageParity> stages = new ArrayList<>();
    for (ParityStage stage : ParityStage.values()) {
      List<Distance> distances = own.distances(base, stage);
      if (!distances.isEmpty()) {
        double difference = Distance.all(distances).largest();
        double ofStage = Distance.all(alone.distances(base, stage)).largest();
        stages.add(new StageParity(stage, difference, ofStage, limit(stage)));
      }
    }
    boolean tokensMatter = ParityTolerances.sameTokens(precision(ParityStage.STEP_LOGITS));
    return new EngineParity(engine, stages, otherToken, tokensMatter, Optional.empty());
  }

  /**
   * Returns the first run of a graph that is beyond its limit: with the base's inputs, else with
   * the engine's own; empty if there is none.
   */
  Optional<TracePoint> firstBeyond() {
    return firstBeyond(alone).or(() -> firstBeyond(own));
  }

  private Optional<TracePoint> firstBeyond(StageOutputs outputs) {
    for (ParityStage stage : ParityStage.values()) {
      List<Distance> runs = outputs.distances(base, stage);
      for (int run = 0; run < runs.size(); run++) {
        if (runs.get(run).largest() > limit(stage)) {
          return point(stage, run);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<TracePoint> point(ParityStage stage, int run) {
    Tolerance tolerance = tolerance(stage);
    return switch (stage) {
      case PIXEL_VALUES -> Optional.empty();
      case VISION_FEATURES -> Optional.of(new TracePoint(ModelAdapter.VISION, run, tolerance));
      case ENCODER_STATES -> Optional.of(new TracePoint(ModelAdapter.ENCODER, run, tolerance));
      case FIRST_LOGITS -> Optional.of(new TracePoint(ModelAdapter.DECODER, 0, tolerance));
      case STEP_LOGITS -> Optional.of(new TracePoint(ModelAdapter.DECODER, run + 1, tolerance));
    };
  }

  private double limit(ParityStage stage) {
    return tolerance(stage).limit(Distance.all(base.distances(base, stage)).scale());
  }

  private Tolerance tolerance(ParityStage stage) {
    return ParityTolerances.of(precision(stage), stage);
  }

  /**
   * Returns the precision with the fewest bits of the graphs that a result may have gone through.
   */
  private Precision precision(ParityStage stage) {
    return engine.stream()
        .filter(
            graph ->
                stage != ParityStage.VISION_FEATURES || graph.name().equals(ModelAdapter.VISION))
        .map(graph -> Precision.valueOf(graph.precision().toUpperCase(Locale.ROOT)))
        .max(Comparator.naturalOrder())
        .orElse(Precision.FP32);
  }
}

package dev.vlm4j.zoo.parity;

import dev.vlm4j.spi.Tensor;
import dev.vlm4j.zoo.generation.Stages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one engine computed for a request.
 *
 * @param pixels what the processor gives for the pictures, by name
 * @param vision results of every run of the vision stage; empty without pictures
 * @param encoder results of the encoder; empty without one
 * @param logits scores after the prompt, then after each token of the base's answer but the last
 */
record StageOutputs(
    Map<String, Tensor> pixels,
    List<Map<String, Tensor>> vision,
    Map<String, Tensor> encoder,
    List<Map<String, Tensor>> logits) {
  StageOutputs withEncoder(Map<String, Tensor> results) {
    return new StageOutputs(pixels, vision, results, logits);
  }

  StageOutputs withLogits(List<Map<String, Tensor>> results) {
    return new StageOutputs(pixels, vision, encoder, results);
  }

  /** Returns what an encoder reads. */
  Map<String, Tensor> joinedVision() {
    return vision.isEmpty() ? Map.of() : Stages.joined(vision);
  }

  /** Returns what the decoder reads. */
  Map<String, Tensor> features() {
    return encoder.isEmpty() ? joinedVision() : encoder;
  }

  /** Returns one distance to the base per run; none if the request does not need the stage. */
  List<Distance> distances(StageOutputs base, ParityStage stage) {
    List<Map<String, Tensor>> expected = base.runs(stage);
    List<Map<String, Tensor>> actual = runs(stage);
    List<Distance> distances = new ArrayList<>();
    for (int run = 0; run < expected.size(); run++) {
      distances.add(Distance.between(expected.get(run), actual.get(run)));
    }
    return distances;
  }

  private List<Map<String, Tensor>> runs(ParityStage stage) {
    return switch (stage) {
      case PIXEL_VALUES -> pixels.isEmpty() ? List.of() : List.of(pixels);
      case VISION_FEATURES -> vision;
      case ENCODER_STATES -> encoder.isEmpty() ? List.of() : List.of(encoder);
      case FIRST_LOGITS -> logits.subList(0, 1);
      case STEP_LOGITS -> logits.subList(1, logits.size());
    };
  }
}

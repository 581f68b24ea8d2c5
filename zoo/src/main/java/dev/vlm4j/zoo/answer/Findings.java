package dev.vlm4j.zoo.answer;

import dev.vlm4j.api.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a text names, and what of it could not be read. */
final class Findings {
  private final List<Detection> detections = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  void add(Detection detection) {
    detections.add(detection);
  }

  void problem(String text) {
    problems.add(text);
  }

  List<Detection> detections() {
    return detections;
  }

  /** Returns why something is missing; empty if the text was read completely. */
  Optional<String> reason() {
    if (!problems.isEmpty()) {
      return Optional.of(String.join("; ", problems));
    }
    return detections.isEmpty()
        ? Optional.of("the text names no places: neither bbox_2d, point_2d nor box tokens")
        : Optional.empty();
  }
}

package dev.vlm4j.models.florence2;

import dev.vlm4j.api.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads labels with boxes: every four locations behind a label are one box, up to three left over
 * are dropped.
 *
 * @param scale to pixels
 * @param skipped names that name nothing
 */
record Florence2BoxReader(Florence2Scale scale, Set<String> skipped) {
  private static final int NUMBERS_OF_BOX = 4;

  List<Detection> read(List<Florence2Phrase> phrases) {
    List<Detection> detections = new ArrayList<>();
    for (Florence2Phrase phrase : phrases) {
      Optional<String> name = phrase.label().isEmpty() ? Optional.of("") : phrase.name();
      if (name.isPresent() && !skipped.contains(name.get())) {
        addBoxes(PythonText.ascii(name.get()), Florence2Phrase.numbers(phrase.tags()), detections);
      }
    }
    return detections;
  }

  private void addBoxes(String label, List<String> numbers, List<Detection> detections) {
    for (int i = 0; i + NUMBERS_OF_BOX <= numbers.size(); i += NUMBERS_OF_BOX) {
      detections.add(Detection.of(label, scale.box(numbers.subList(i, i + NUMBERS_OF_BOX))));
    }
  }
}

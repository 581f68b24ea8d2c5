package dev.vlm4j.zoo.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vlm4j.api.Detection;
import dev.vlm4j.api.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Turns JSON objects with a box or a point into detections, at any depth. For one text. */
final class BoxObjects {
  static final String BOX = "bbox_2d";
  static final String POINT = "point_2d";

  /** Where the name of a thing stands; the second is what text recognition writes. */
  private static final List<String> LABELS =
      List.of("label", "text_content", "text", "name", "caption", "description");

  private static final List<String> SCORES = List.of("score", "confidence");
  private static final int NUMBERS_OF_BOX = 4;
  private static final int NUMBERS_OF_POINT = 2;

  private final FrameScale scale;
  private final Findings findings;
  private int unread;

  BoxObjects(FrameScale scale, Findings findings) {
    this.scale = scale;
    this.findings = findings;
  }

  /** Adds the places of a value and of everything in it, in order. */
  void collect(JsonNode value) {
    if (value.has(BOX) || value.has(POINT)) {
      Optional<Region> region = region(value);
      if (region.isPresent()) {
        findings.add(new Detection(label(value), region.get(), score(value)));
      } else {
        unread++;
      }
    }
    value.forEach(this::collect);
  }

  void reportUnread() {
    if (unread > 0) {
      findings.problem(unread + " objects have a place that is not made of 4 or 2 numbers");
    }
  }

  private Optional<Region> region(JsonNode object) {
    List<Double> numbers = numbers(object.has(BOX) ? object.get(BOX) : object.get(POINT));
    Optional<Region> region = Optional.empty();
    if (object.has(BOX) && numbers.size() == NUMBERS_OF_BOX) {
      region = Optional.of(scale.box(numbers));
    } else if (!object.has(BOX) && numbers.size() == NUMBERS_OF_POINT) {
      region = Optional.of(scale.points(numbers).get(0));
    }
    return region.filter(BoxObjects::isFinite);
  }

  /** A number may be a number and its place in pixels none. */
  private static boolean isFinite(Region region) {
    return region.points().stream()
        .allMatch(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()));
  }

  /** Some answers write numbers as strings. */
  private static List<Double> numbers(JsonNode list) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode number : list) {
      double value = number.isTextual() ? parse(number.asText()) : number.asDouble(Double.NaN);
      if (!number.isValueNode() || number.isBoolean() || !Double.isFinite(value)) {
        return List.of();
      }
      numbers.add(value);
    }
    return numbers;
  }

  private static double parse(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String label(JsonNode object) {
    return LABELS.stream()
        .map(object::path)
        .filter(label -> label.isValueNode() && !label.isNull())
        .map(JsonNode::asText)
        .findFirst()
        .orElse("");
  }

  private static OptionalDouble score(JsonNode object) {
    return SCORES.stream()
        .map(object::path)
        .filter(JsonNode::isNumber)
        .mapToDouble(JsonNode::asDouble)
        .filter(score -> score >= 0 && score <= 1)
        .findFirst();
  }
}

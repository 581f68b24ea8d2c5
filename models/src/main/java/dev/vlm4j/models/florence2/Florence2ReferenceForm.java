package dev.vlm4j.models.florence2;

import dev.vlm4j.api.Detection;
import dev.vlm4j.api.Region;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What was found, in the form that the reference returns: fields of lists, one per task. */
final class Florence2ReferenceForm {
  private Florence2ReferenceForm() {}

  static Map<String, Object> text(String task, String text) {
    return Map.of(task, text);
  }

  static Map<String, Object> places(
      String task, Florence2AnswerKind kind, List<Detection> detections) {
    List<Detection> boxes = withRegion(Region.Box.class, detections);
    List<Detection> polygons = withRegion(Region.Polygon.class, detections);
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (kind) {
      case PURE_TEXT -> throw new IllegalArgumentException(task + " has no places");
      case OCR -> put(fields, "quad_boxes", "labels", detections);
      case POLYGONS -> put(fields, "polygons", "labels", polygons);
      case BOXES_OR_POLYGONS -> {
        put(fields, "bboxes", "bboxes_labels", boxes);
        put(fields, "polygons", "polygons_labels", polygons);
      }
      case PHRASE_GROUNDING, BOXES_WITH_LABELS, BOXES -> put(fields, "bboxes", "labels", boxes);
    }
    return Map.of(task, Collections.unmodifiableMap(fields));
  }

  private static List<Detection> withRegion(
      Class<? extends Region> type, List<Detection> detections) {
    return detections.stream().filter(found -> type.isInstance(found.region())).toList();
  }

  private static void put(
      Map<String, Object> fields, String places, String labels, List<Detection> detections) {
    fields.put(places, map(detections, found -> numbers(found.region())));
    fields.put(labels, map(detections, Detection::label));
  }

  private static List<Object> numbers(Region region) {
    if (region instanceof Region.Box box) {
      return map(List.of(box.left(), box.top(), box.right(), box.bottom()), Double::intValue);
    }
    if (region instanceof Region.Polygon polygon) {
      return map(polygon.outlines(), Florence2ReferenceForm::flat);
    }
    return flat(region.points());
  }

  private static List<Object> flat(List<Region.Point> points) {
    return map(
        points.stream().flatMap(point -> Stream.of(point.x(), point.y())).toList(),
        Double::intValue);
  }

  private static <T> List<Object> map(List<T> values, Function<T, Object> function) {
    return values.stream().map(function).toList();
  }
}

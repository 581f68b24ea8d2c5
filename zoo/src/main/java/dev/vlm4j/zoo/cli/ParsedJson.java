package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.api.Detection;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Region;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The JSON form of a parsed answer: what the reference returns under the name of its task, then the
 * same places in one form for all models.
 */
final class ParsedJson {
  private ParsedJson() {}

  static ObjectNode of(ParsedAnswer parsed) {
    ObjectNode json = JsonOutput.object();
    parsed.reference().forEach((task, value) -> json.set(task, JsonOutput.tree(value)));
    json.put("task", parsed.task());
    json.put("text", parsed.text());
    json.set(
        "detections",
        JsonOutput.objects(parsed.detections().stream().map(ParsedJson::of).toList()));
    parsed.picture().ifPresent(picture -> json.set("frame", frame(picture)));
    parsed.reason().ifPresent(reason -> json.put("reason", reason));
    return json;
  }

  private static ObjectNode frame(PictureSize picture) {
    return JsonOutput.object()
        .put("unit", "pixel")
        .put("origin", "top_left")
        .put("width", picture.width())
        .put("height", picture.height());
  }

  private static ObjectNode of(Detection detection) {
    ObjectNode json = JsonOutput.object();
    json.put("label", detection.label());
    json.setAll(region(detection.region()));
    detection.score().ifPresent(score -> json.put("score", score));
    return json;
  }

  /** Returns one field, named by the kind of the region, with x before y. */
  static ObjectNode region(Region region) {
    ObjectNode json = JsonOutput.object();
    if (region instanceof Region.Box box) {
      json.set("box", JsonOutput.numbers(box.left(), box.top(), box.right(), box.bottom()));
    } else if (region instanceof Region.Polygon polygon) {
      ArrayNode outlines = json.putArray("polygons");
      polygon.outlines().forEach(outline -> outlines.add(numbers(outline)));
    } else {
      json.set(region instanceof Region.Quad ? "quad" : "point", numbers(region.points()));
    }
    return json;
  }

  private static ArrayNode numbers(List<Region.Point> points) {
    return JsonOutput.numbers(
        points.stream().flatMapToDouble(point -> DoubleStream.of(point.x(), point.y())).toArray());
  }
}

package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.api.Detection;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects pictures and their places in the form of COCO: boxes as {@code [x, y, width, height]},
 * outlines as lists of x and y. Identifiers count from 1. Source: <a
 * href="https://cocodataset.org/#format-data">the format's description</a>.
 */
final class CocoDataset {
  private final ArrayNode images = JsonOutput.array();
  private final ArrayNode annotations = JsonOutput.array();
  private final Map<String, Integer> categories = new LinkedHashMap<>();

  /**
   * Adds a picture.
   *
   * @param file where it is; empty if it is in no file
   * @param size in pixels
   * @param detections its places
   */
  void add(String file, PictureSize size, List<Detection> detections) {
    int image = images.size() + 1;
    images
        .addObject()
        .put("id", image)
        .put("file_name", file)
        .put("width", size.width())
        .put("height", size.height());
    detections.forEach(detection -> annotations.add(annotation(image, detection)));
  }

  private ObjectNode annotation(int image, Detection detection) {
    ObjectNode json =
        JsonOutput.object()
            .put("id", annotations.size() + 1)
            .put("image_id", image)
            .put(
                "category_id",
                categories.computeIfAbsent(detection.label(), label -> categories.size() + 1));
    CocoShape shape = CocoShape.of(detection.region());
    json.set("bbox", shape.box());
    json.set("area", JsonOutput.numbers(shape.area()).get(0));
    json.set("segmentation", shape.outlines());
    json.put("iscrowd", 0);
    if (detection.region() instanceof Region.Point point) {
      json.set("keypoints", JsonOutput.numbers(point.x(), point.y(), CocoShape.VISIBLE));
      json.put("num_keypoints", 1);
    }
    detection.score().ifPresent(score -> json.put("score", score));
    return json;
  }

  ObjectNode json() {
    ObjectNode json = JsonOutput.object();
    json.set("images", images);
    json.set("annotations", annotations);
    ArrayNode names = json.putArray("categories");
    categories.forEach((name, id) -> names.addObject().put("id", id).put("name", name));
    return json;
  }

  /** Writes a file, or replaces it; {@code IO_FAILURE} if that fails. */
  void write(Path file) {
    try {
      Files.writeString(file, JsonOutput.oneLine(json()) + "\n");
    } catch (IOException e) {
      throw OutputPlace.failure(file, e);
    }
  }
}

package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vlm4j.api.Detection;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Region;
import dev.vlm4j.error.VlmException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoDatasetTest {
  private static final PictureSize SIZE = new PictureSize(40, 30);

  private static JsonNode annotation(Region region) {
    CocoDataset dataset = new CocoDataset();
    dataset.add("cat.png", SIZE, List.of(Detection.of("cat", region)));
    return dataset.json().get("annotations").get(0);
  }

  private static List<Region.Point> line(double... numbers) {
    return IntStream.range(0, numbers.length / 2)
        .mapToObj(i -> new Region.Point(numbers[2 * i], numbers[2 * i + 1]))
        .toList();
  }

  @Test
  void writesBoxesAsCornerAndSize() {
    JsonNode box = annotation(new Region.Box(20, 18, 1, 2.5));

    assertThat(box.get("bbox")).hasToString("[1,2.5,19,15.5]");
    assertThat(box.get("area").asDouble()).isEqualTo(19 * 15.5);
    assertThat(box.get("segmentation")).isEmpty();
    assertThat(box.get("iscrowd").asInt()).isZero();
  }

  @Test
  void writesOutlinesThatHaveAnInside() {
    JsonNode polygon =
        annotation(
            new Region.Polygon(
                List.of(line(0, 0, 4, 0, 4, 4), line(9, 9, 8, 8), List.of(), line(7, 7))));

    assertThat(polygon.get("segmentation")).hasToString("[[0,0,4,0,4,4]]");
    assertThat(polygon.get("area").asDouble()).isEqualTo(8);
    assertThat(polygon.get("bbox")).hasToString("[0,0,9,9]");
  }

  @Test
  void writesQuadsAsOutlines() {
    JsonNode quad = annotation(new Region.Quad(line(0, 0, 2, 0, 2, 1, 0, 1)));

    assertThat(quad.get("segmentation")).hasToString("[[0,0,2,0,2,1,0,1]]");
    assertThat(quad.get("area").asInt()).isEqualTo(2);
  }

  @Test
  void writesPointsAsKeyPoints() {
    JsonNode point = annotation(new Region.Point(3, 4));

    assertThat(point.get("keypoints")).hasToString("[3,4,2]");
    assertThat(point.get("bbox")).hasToString("[3,4,0,0]");
  }

  @Test
  void numbersPicturesAnnotationsAndNames() {
    CocoDataset dataset = new CocoDataset();
    Detection cat = Detection.of("cat", new Region.Box(0, 0, 1, 1));
    Detection dog = new Detection("dog", new Region.Box(0, 0, 1, 1), OptionalDouble.of(0.5));
    dataset.add("a.png", SIZE, List.of(cat, dog));
    dataset.add("b.png", SIZE, List.of(dog));

    JsonNode json = dataset.json();
    assertThat(json.get("images").get(1))
        .hasToString("{\"id\":2,\"file_name\":\"b.png\",\"width\":40,\"height\":30}");
    assertThat(json.get("categories"))
        .hasToString("[{\"id\":1,\"name\":\"cat\"},{\"id\":2,\"name\":\"dog\"}]");
    JsonNode last = json.get("annotations").get(2);
    assertThat(last.get("id").asInt()).isEqualTo(3);
    assertThat(last.get("image_id").asInt()).isEqualTo(2);
    assertThat(last.get("category_id").asInt()).isEqualTo(2);
    assertThat(last.get("score").asDouble()).isEqualTo(0.5);
  }

  @Test
  void failsIfTheFileCannotBeWritten(@TempDir Path folder) {
    assertThatThrownBy(() -> new CocoDataset().write(folder))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("cannot write");
  }
}

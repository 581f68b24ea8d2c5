package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vlm4j.api.ImageOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParseCommandTest {
  @TempDir Path folder;

  private static CommandLineRun parse(String text, String size) {
    return CommandLineRun.withInput(
        text, "parse", "--model", "fake", "--task", "<OD>", "--image-size", size);
  }

  @Test
  void printsTheFormOfTheReferenceAndThePlaces() {
    CommandLineRun run = parse("</s><s>cat é\n", "40x30");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "{\"<OD>\":{\"labels\":[\"cat\",\"dog\"]},\"task\":\"<OD>\",\"text\":\"</s><s>cat"
                + " é\\n\",\"detections\":[{\"label\":\"cat\",\"box\":[1,2,20,18]},"
                + "{\"label\":\"dog\",\"polygons\":[[1,2.5,9,2,9,9]],\"score\":0.75}],"
                + "\"frame\":{\"unit\":\"pixel\",\"origin\":\"top_left\",\"width\":40,"
                + "\"height\":30}}\n");
    assertThat(run.zoo().loaded).isEmpty();
  }

  @Test
  void saysWhyATextCannotBeRead() {
    CommandLineRun run = parse("", "40X30");

    assertThat(run.code()).isZero();
    assertThat(run.json().get(0).get("reason").asText()).isEqualTo("the text is empty");
    assertThat(run.json().get(0).get("detections")).isEmpty();
  }

  @Test
  void needsNoSize() {
    CommandLineRun run =
        CommandLineRun.withInput("cat", "parse", "--model", "fake", "--task", "<OD>");

    assertThat(run.code()).isZero();
    assertThat(run.json().get(0).has("frame")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"640", "0x480", "640x-1", "640x480x3", "9999999999x1", ""})
  void refusesWhatIsNoSize(String size) {
    CommandLineRun run = parse("cat", size);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errorLines().get(0)).contains("640x480");
  }

  @Test
  void failsForAnUnknownTask() {
    CommandLineRun run =
        CommandLineRun.withInput("cat", "parse", "--model", "fake", "--task", "none");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("there are: find");
  }

  @Test
  void needsATask() {
    assertThat(CommandLineRun.of("parse", "--model", "fake").code()).isEqualTo(2);
  }

  @Test
  void writesACocoDataSet() throws IOException {
    Path file = folder.resolve("places.json");

    CommandLineRun run =
        CommandLineRun.withInput(
            "cat",
            "parse",
            "--model",
            "fake",
            "--task",
            "<OD>",
            "--image-size",
            "40x30",
            "--coco",
            file.toString());

    assertThat(run.code()).isZero();
    JsonNode coco = new JsonMapper().readTree(file.toFile());
    assertThat(coco.get("annotations")).hasSize(2);
    assertThat(coco.get("images").get(0).get("width").asInt()).isEqualTo(40);
  }

  @Test
  void handsOnWhatDecidesTheSizeThatTheModelSaw() {
    CommandLineRun run =
        CommandLineRun.withInput(
            "cat",
            "parse",
            "--model",
            "fake",
            "--task",
            "<OD>",
            "--image-size",
            "40x30",
            "--min-pixels",
            "100",
            "--max-pixels",
            "900");

    assertThat(run.code()).isZero();
    assertThat(run.zoo().options.imageOptions())
        .isEqualTo(ImageOptions.NONE.withMinPixels(100).withMaxPixels(900));
  }
}

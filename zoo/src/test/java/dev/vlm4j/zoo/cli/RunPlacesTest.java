package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunPlacesTest {
  @TempDir Path folder;
  private Path picture;
  private Path drawing;

  @BeforeEach
  void paintPicture() throws IOException {
    picture = folder.resolve("grey.png");
    drawing = folder.resolve("drawn.png");
    BufferedImage grey = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    grey.createGraphics().fillRect(0, 0, 40, 30);
    ImageIO.write(grey, "png", picture.toFile());
  }

  private static CommandLineRun run(String prompt, String... more) {
    List<String> all = new ArrayList<>(List.of("run", "--model", "fake", "--prompt", prompt));
    all.addAll(List.of(more));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private Path messages() throws IOException {
    return Files.writeString(
        folder.resolve("messages.json"),
        "[{\"role\": \"user\", \"content\": [{\"type\": \"image\", \"path\": \"grey.png\"},"
            + " {\"type\": \"text\", \"text\": \"find\"}]}]");
  }

  @Test
  void printsTheParsedFormAsJson() {
    JsonNode json = run("find it", "--format", "json").json().get(0);

    assertThat(json.get("parsed").get("find").get("labels")).hasToString("[\"cat\",\"dog\"]");
    assertThat(json.get("parsed").get("detections").get(0).get("box")).hasToString("[1,2,20,18]");
  }

  @Test
  void leavesTheParsedFormOutOfAnswersWithout() {
    assertThat(run("hello", "--format", "json").json().get(0).has("parsed")).isFalse();
  }

  @Test
  void printsPlacesBelowTheText() {
    assertThat(run("find it").out().lines())
        .containsExactly(
            "1 \u00e9", "  cat {\"box\":[1,2,20,18]}", "  dog {\"polygons\":[[1,2.5,9,2,9,9]]}");
  }

  @Test
  void printsPlacesBelowAStreamedText() {
    assertThat(run("find it", "--stream").out().lines()).hasSize(3).startsWith("1 \u00e9");
  }

  @Test
  void drawsPlacesOntoThePicture() throws IOException {
    CommandLineRun run =
        run("find it", "--image", picture.toString(), "--draw", drawing.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    BufferedImage drawn = ImageIO.read(drawing.toFile());
    assertThat(drawn.getWidth()).isEqualTo(320);
    assertThat(new Color(drawn.getRGB(20 * 8, 15 * 8))).isNotEqualTo(Color.WHITE);
    assertThat(new Color(drawn.getRGB(39 * 8, 29 * 8))).isEqualTo(Color.WHITE);
  }

  @Test
  void saysThatThereIsNothingToDraw() {
    CommandLineRun run = run("hello", "--image", picture.toString(), "--draw", drawing.toString());

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("names no places");
    assertThat(drawing).exists();
  }

  @Test
  void drawsForOnePictureOnly() {
    for (String[] pictures :
        new String[][] {
          {}, {"--image", picture.toString(), "--image", picture.toString()},
        }) {
      List<String> more = new ArrayList<>(List.of("--draw", drawing.toString()));
      more.addAll(List.of(pictures));
      CommandLineRun run = run("find it", more.toArray(String[]::new));

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("exactly one picture");
      assertThat(run.zoo().loaded).isEmpty();
    }
  }

  @Test
  void drawsForOneRequestOnly() throws IOException {
    String file = messages().toString();

    CommandLineRun run =
        CommandLineRun.of(
            "run", "--model", "fake", "--messages", file, "--messages", file, "--draw", "a.png");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--draw takes one request");
  }

  @Test
  void drawsPngOnly() {
    CommandLineRun run = run("find it", "--image", picture.toString(), "--draw", "drawn.jpg");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(".png");
  }

  @Test
  void refusesPlacesThatCannotBeWrittenBeforeLoading() throws IOException {
    Path missing = folder.resolve("missing");
    Path taken = Files.createDirectory(folder.resolve("taken.png"));
    for (String option : List.of("--draw", "--coco")) {
      CommandLineRun nowhere = run(option, missing.resolve("a.png"));
      assertThat(nowhere.errorLines())
          .containsExactly(
              "vlm4j: cannot write %s: there is no folder %s; make it, or name another"
                  .formatted(missing.resolve("a.png"), missing));
      CommandLineRun folders = run(option, taken);
      assertThat(folders.errorLines())
          .containsExactly("vlm4j: cannot write %s: it is a folder; name a file".formatted(taken));
      assertThat(List.of(nowhere, folders))
          .allSatisfy(
              run -> {
                assertThat(run.code()).isEqualTo(1);
                assertThat(run.out()).isEmpty();
                assertThat(run.zoo().loaded).isEmpty();
              });
    }
  }

  private CommandLineRun run(String option, Path file) {
    return run("find it", "--image", picture.toString(), option, file.toString());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysInWordsWhyAFileCouldNotBeWritten() {
    CommandLineRun run = run("--coco", Path.of("/dev/full"));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errorLines())
        .containsExactly(
            "vlm4j: cannot write /dev/full: No space left on device; make room or change its"
                + " permissions, or name another place");
  }

  @Test
  void collectsThePlacesOfAllRequests() throws IOException {
    Path coco = folder.resolve("places.json");
    String file = messages().toString();

    CommandLineRun run =
        CommandLineRun.of(
            "run",
            "--model",
            "fake",
            "--messages",
            file,
            "--messages",
            file,
            "--coco",
            coco.toString());

    assertThat(run.err()).isEmpty();
    JsonNode json = new JsonMapper().readTree(coco.toFile());
    assertThat(json.get("images")).hasSize(2);
    assertThat(json.get("images").get(0).get("file_name").asText()).endsWith("grey.png");
    assertThat(json.get("annotations")).hasSize(4);
    assertThat(json.get("annotations").get(3).get("image_id").asInt()).isEqualTo(2);
  }
}

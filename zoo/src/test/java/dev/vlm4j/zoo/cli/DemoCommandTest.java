package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  @TempDir Path folder;

  @Test
  void answersQuestionsAboutTwoPicturesWithTheBuiltInModel() throws IOException {
    Path output = folder.resolve("my pictures");

    CommandLineRun run = CommandLineRun.of("demo", "--output", output.toString());

    assertThat(run.code()).isZero();
    assertThat(run.zoo().loaded).containsExactly("builtin", "builtin-detector");
    assertThat(DemoScenes.all()).hasSize(2);
    for (DemoScenes.Scene scene : DemoScenes.all()) {
      assertThat(run.out()).contains(scene.picture() + "\n").contains(scene.questions());
      assertThat(ImageIO.read(output.resolve(scene.picture()).toFile())).isNotNull();
      assertThat(ImageIO.read(output.resolve("found-in-" + scene.picture()).toFile())).isNotNull();
    }
    assertThat(run.out())
        .contains("    1 \u00e9    (3 tokens, 17 ms)\n")
        .contains(
            "\n  ./vlm4j run --model builtin --image '"
                + output.resolve(DemoScenes.all().get(0).picture())
                + "' --prompt '");
  }

  @Test
  void printsOneJsonObjectPerQuestion() {
    CommandLineRun run =
        CommandLineRun.of("demo", "--output", folder.toString(), "--format", "json");

    int questions = DemoScenes.all().stream().mapToInt(scene -> scene.questions().size()).sum();
    assertThat(run.json())
        .hasSize(questions + DemoScenes.all().size())
        .allSatisfy(json -> assertThat(json.has("question") && json.has("text")).isTrue());
  }

  @Test
  void loadsTheEngineThatIsAskedFor() {
    CommandLineRun run =
        CommandLineRun.of("demo", "--output", folder.toString(), "--backend", "djl");

    assertThat(run.zoo().options.backend("vision")).isEqualTo("djl");
  }
}

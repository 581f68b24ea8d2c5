package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsCommandTest {
  @TempDir Path folder;

  @Test
  void printsJsonWithoutLoading() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "inputs",
            "--model",
            "fake",
            "--prompt",
            "hi",
            "--format",
            "json",
            "--image",
            picture().toString());

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "{\"prompt\":\"USER: hi\",\"prompt_token_ids\":[9,9,9,9,9,9,9,9,9],\"images\":"
                + "[{\"width\":30,\"height\":20,\"resized_width\":336,\"resized_height\":224,"
                + "\"tokens\":5}]}\n");
    assertThat(run.zoo().loaded).isEmpty();
  }

  @Test
  void printsASummaryForPeople() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "inputs", "--model", "fake", "--prompt", "hi", "--image", picture().toString());

    assertThat(run.out())
        .isEqualTo(
            """
            template: chat_template.jinja
            prompt:
            USER: hi
            prompt tokens: 9
            picture 1: 30 x 20 pixels, seen as 336 x 224, 5 tokens
            tensor: input_ids I64 [1, 9]
            """);
  }

  @Test
  void writesTheTensors() {
    Path file = folder.resolve("x.safetensors");

    CommandLineRun run =
        CommandLineRun.of(
            "inputs", "--model", "fake", "--prompt", "hi", "--output", file.toString());

    assertThat(run.out()).endsWith("written: " + file + "\n");
    assertThat(file).isNotEmptyFile();
  }

  private Path picture() throws IOException {
    return Files.createFile(folder.resolve("a.png"));
  }
}

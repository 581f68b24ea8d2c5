package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vlm4j.api.Content;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.spi.Device;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {
  @TempDir Path folder;

  @Test
  void printsTheAnswerAndNothingElse() {
    CommandLineRun run = CommandLineRun.of("run", "--model", "fake", "--prompt", "hello");

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo("1 \u00e9\n");
    assertThat(run.err()).isEmpty();
    assertThat(run.zoo().model.closed).isTrue();
  }

  @Test
  void putsSystemTextAndPicturesBeforeTheQuestion() throws IOException {
    Path first = Files.createFile(folder.resolve("a.png"));
    Path second = Files.createFile(folder.resolve("b.png"));

    CommandLineRun run =
        CommandLineRun.of(
            "run",
            "--model",
            "fake",
            "--prompt",
            "hello",
            "--system",
            "be brief",
            "--image",
            first.toString(),
            "--image",
            second.toString());

    assertThat(run.zoo().model.prompts)
        .containsExactly(
            new Prompt(
                List.of(
                    Message.of(Role.SYSTEM, "be brief"),
                    new Message(
                        Role.USER,
                        List.of(
                            new Content.Picture(Image.of(first)),
                            new Content.Picture(Image.of(second)),
                            new Content.Text("hello"))))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@file", "${env:HOME}", "--what", "-5", "'quoted'", ""})
  void takesPromptsAsTheyAre(String prompt) {
    CommandLineRun run = CommandLineRun.of("run", "--model", "fake", "--prompt", prompt);

    assertThat(run.err()).isEmpty();
    assertThat(FakeModel.text(run.zoo().model.prompts.get(0))).isEqualTo(prompt);
  }

  @Test
  void printsOneJsonObjectPerRequest() {
    CommandLineRun run =
        CommandLineRun.of("run", "--model", "fake", "--prompt", "hello", "--format", "json");

    assertThat(run.out()).hasLineCount(1).contains("1 \u00e9");
    JsonNode json = run.json().get(0);
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "text", "token_ids", "prompt_token_ids", "finish_reason", "usage", "timings");
    assertThat(json.get("token_ids")).hasToString("[7,8,2]");
    assertThat(json.get("finish_reason")).hasToString("\"stop\"");
    assertThat(json.get("usage"))
        .hasToString("{\"prompt_tokens\":5,\"image_tokens\":0,\"completion_tokens\":3}");
    assertThat(json.get("timings"))
        .hasToString(
            "{\"load_ms\":100.123,\"preprocess_ms\":1.0,\"vision_ms\":2.0,\"prefill_ms\":4.0,"
                + "\"decode_ms\":10.0,\"time_to_first_token_ms\":7.0}");
  }

  @Test
  void streamsTheAnswer() {
    CommandLineRun run =
        CommandLineRun.of("run", "--model", "fake", "--prompt", "hello", "--stream");

    assertThat(run.out()).isEqualTo("1 \u00e9\n");
  }

  @Test
  void endsTheLineOfAStreamThatFails() {
    CommandLineRun run =
        CommandLineRun.of("run", "--model", "fake", "--prompt", "fail", "--stream");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("1\n");
    assertThat(run.errorLines()).containsExactly("vlm4j: the engine failed");
  }

  @Test
  void handsOptionsOn() {
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            "--model",
            "dir/x",
            "--prompt",
            "hello",
            "--max-new-tokens",
            "12",
            "--num-beams",
            "4",
            "--backend",
            "vision=djl,decoder=onnxruntime",
            "--precision",
            "int8",
            "--threads",
            "2",
            "--device",
            "gpu:1");

    assertThat(run.zoo().loaded).containsExactly("dir/x");
    assertThat(run.zoo().model.options.get(0).maxNewTokens()).hasValue(12);
    assertThat(run.zoo().model.options.get(0).numBeams()).isEqualTo(4);
    assertThat(run.zoo().model.options.get(0).ignoreEndOfSequence()).isFalse();
    assertThat(run.zoo().options.backend("vision")).isEqualTo("djl");
    assertThat(run.zoo().options.threads()).isEqualTo(2);
    assertThat(run.zoo().options.device()).isEqualTo(Device.gpu(1));
  }

  @Test
  void answersMessagesFilesInOrderWithOneLoad() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            "--model",
            "fake",
            "--messages",
            file("first").toString(),
            "--messages",
            file("second").toString());

    assertThat(run.out()).isEqualTo("1 \u00e9\n2 \u00e9\n");
    assertThat(run.zoo().loaded).hasSize(1);
    assertThat(run.zoo().model.prompts)
        .extracting(FakeModel::text)
        .containsExactly("first", "second");
  }

  @Test
  void stopsAtTheFirstRequestThatFails() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            "--model",
            "fake",
            "--format",
            "json",
            "--messages",
            file("first").toString(),
            "--messages",
            file("fail").toString(),
            "--messages",
            file("third").toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.json()).hasSize(1);
    assertThat(run.errorLines()).containsExactly("vlm4j: the engine failed");
    assertThat(run.zoo().model.prompts).hasSize(2);
  }

  @Test
  void refusesMissingPicturesBeforeLoading() {
    CommandLineRun run =
        CommandLineRun.of("run", "--model", "fake", "--prompt", "x", "--image", "no-such.png");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errorLines())
        .containsExactly("vlm4j: --image: there is no picture file no-such.png; correct the path");
    assertThat(run.zoo().loaded).isEmpty();
  }

  @Test
  void endsQuietlyWhenInterrupted() {
    CommandLineRun run =
        CommandLineRun.interrupted(
            "run", "--model", "fake", "--prompt", "hello", "--format", "json");

    assertThat(run.code()).isEqualTo(130);
    assertThat(run.out()).isEmpty();
    assertThat(run.errorLines()).containsExactly("vlm4j: interrupted");
    assertThat(run.zoo().model.closed).isTrue();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(
        folder.resolve(text + ".json"), "[{\"role\": \"user\", \"content\": \"" + text + "\"}]");
  }

  @Test
  void handsVariablesOfTheChatTemplateOn() {
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            "--model",
            "fake",
            "--prompt",
            "hello",
            "--chat-template-kwargs",
            "{\"add_vision_id\": true, \"names\": [\"a\"]}");

    assertThat(run.code()).isZero();
    assertThat(run.zoo().model.prompts.get(0).templateVariables())
        .isEqualTo(Map.of("add_vision_id", true, "names", List.of("a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[1]",
        "null",
        "{",
        "{} {}",
        "{\"a\": 1, \"a\": 2}",
        "{\"a\": null}",
        "{\"a\": [1, {\"b\": 123456789012345678901234567890}]}"
      })
  void refusesVariablesThatNoTemplateCanBeGiven(String json) {
    CommandLineRun run =
        CommandLineRun.of(
            "run", "--model", "fake", "--prompt", "x", "--chat-template-kwargs", json);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errorLines()).hasSize(1);
    assertThat(run.err())
        .startsWith("vlm4j: --chat-template-kwargs")
        .doesNotContain("java", "Token", "`");
  }

  @Test
  void stopsWhenNobodyReadsTheResults() throws IOException {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    for (String how : List.of("text", "json", "stream")) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      FakeZoo zoo = new FakeZoo();
      CommandContext context =
          new CommandContext(
              zoo,
              InputStream.nullInputStream(),
              new PrintStream(closed),
              new PrintStream(err),
              () -> false);
      List<String> arguments = new ArrayList<>(List.of("run", "--model", "fake"));
      arguments.addAll(List.of("--messages", file("a").toString()));
      arguments.addAll(List.of("--messages", file("b").toString()));
      arguments.addAll(how.equals("stream") ? List.of("--stream") : List.of("--format", how));

      assertThat(Main.run(arguments.toArray(String[]::new), context)).isEqualTo(1);
      assertThat(err).hasToString("vlm4j: the result could not be written to standard output\n");
      assertThat(zoo.model.prompts).hasSize(1);
      assertThat(zoo.model.closed).isTrue();
    }
  }
}

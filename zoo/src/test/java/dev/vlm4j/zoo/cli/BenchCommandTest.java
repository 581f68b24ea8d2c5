package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {
  @TempDir Path folder;

  @Test
  void printsMediansWithMinimumAndMaximum() {
    CommandLineRun run =
        CommandLineRun.of(
            "bench",
            "--model",
            "fake",
            "--prompt",
            "hi",
            "--repeat",
            "3",
            "--threads",
            "2",
            "--format",
            "json");

    assertThat(run.code()).isZero();
    JsonNode json = run.json().get(0);
    assertThat(json.fieldNames())
        .toIterable()
        .contains(
            "load_ms",
            "preprocess_ms",
            "vision_ms",
            "prefill_tokens",
            "prefill_ms",
            "prefill_tokens_per_s",
            "time_to_first_token_ms",
            "decode_tokens_per_s",
            "peak_rss_mb",
            "weights_mb",
            "backend",
            "precision",
            "threads");
    assertThat(json.get("prefill_tokens_per_s").doubleValue()).isEqualTo(1000.0);
    // Runs 2 to 4 decode two tokens in 20, 30 and 40 ms; run 1 warms up.
    assertThat(json.get("decode_tokens_per_s").doubleValue()).isEqualTo(66.667);
    assertThat(json.get("decode_tokens_per_s_min").doubleValue()).isEqualTo(50.0);
    assertThat(json.get("decode_tokens_per_s_max").doubleValue()).isEqualTo(100.0);
    assertThat(json.get("weights_mb").doubleValue()).isEqualTo(2.0);
    assertThat(json.get("backend")).hasToString("\"vision=djl,decoder=onnxruntime\"");
    assertThat(json.get("precision")).hasToString("\"fp32\"");
    assertThat(json.get("threads").intValue()).isEqualTo(2);
  }

  @Test
  void ignoresTheEndOfSequenceAndLimitsTheAnswer() {
    CommandLineRun run = CommandLineRun.of("bench", "--model", "fake", "--repeat", "1");

    assertThat(run.zoo().model.options)
        .hasSize(2)
        .allSatisfy(
            options -> {
              assertThat(options.ignoreEndOfSequence()).isTrue();
              assertThat(options.maxNewTokens()).hasValue(64);
            });
    assertThat(run.out()).contains("prefill", "tokens/s", "peak memory", "chosen by the engine");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 17, 100, 1000})
  void padsAndCutsTheTextToAnExactLength(int tokens) throws IOException {
    Path picture = Files.createFile(folder.resolve("a.png"));

    CommandLineRun run =
        CommandLineRun.of(
            "bench",
            "--model",
            "fake",
            "--format",
            "json",
            "--prompt-tokens",
            "" + tokens,
            "--image",
            picture.toString(),
            "--prompt",
            "incomprehensibilities are long");

    assertThat(run.err()).isEmpty();
    assertThat(run.json().get(0).get("prefill_tokens").intValue())
        .isEqualTo(tokens + FakeModel.PICTURE_TOKENS);
  }

  @Test
  void keepsTheVariablesOfTheTemplateAtAnyLength() {
    CommandLineRun run =
        CommandLineRun.of(
            "bench",
            "--model",
            "fake",
            "--repeat",
            "1",
            "--prompt-tokens",
            "9",
            "--chat-template-kwargs",
            "{\"a\": 1}");

    assertThat(run.zoo().model.prompts)
        .hasSize(2)
        .allSatisfy(prompt -> assertThat(prompt.templateVariables()).containsEntry("a", 1));
  }

  @Test
  void refusesLengthsBelowTheTemplate() {
    CommandLineRun run = CommandLineRun.of("bench", "--model", "fake", "--prompt-tokens", "2");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errorLines())
        .containsExactly(
            "vlm4j: --prompt-tokens must be at least 3, got 2: the chat template alone has that"
                + " many");
  }

  @Test
  void refusesLengthsBeyondTheModel() {
    CommandLineRun run =
        CommandLineRun.of("bench", "--model", "fake", "--prompt-tokens", "100000000");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errorLines())
        .containsExactly(
            "vlm4j: --prompt-tokens must be at most 4096, the positions of the model, got"
                + " 100000000");
  }

  @Test
  void readsThePeakOfTheProcess() {
    assertThat(PeakMemory.megabytes(List.of("Name:\tjava", "VmHWM:\t    1000 kB"))).hasValue(1.024);
    assertThat(PeakMemory.megabytes(List.of("Name:\tjava"))).isEmpty();
  }

  @Test
  void takesTheMiddleOfAnEvenNumberOfRuns() {
    Samples samples = Samples.of(List.of(4.0, 1.0, 2.0, 9.0), value -> value);

    assertThat(List.of(samples.median(), samples.min(), samples.max()))
        .containsExactly(3.0, 1.0, 9.0);
    assertThat(Samples.of(List.of(Double.NaN), value -> value).isEmpty()).isTrue();
  }
}

package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.api.ImageOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @Test
  void rejectsUnknownCommands() {
    CommandLineRun run = CommandLineRun.of("nonsense");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .startsWith("vlm4j: there is no command 'nonsense'; there are: demo, run, inputs,")
        .contains(", models", ", download", ", cache");
  }

  @Test
  void namesOptionsThatAreSpelledAlike() {
    assertThat(CommandLineRun.of("run", "--model", "fake", "--promt", "hello").errorLines())
        .containsExactly(
            "vlm4j: there is no option '--promt', but --precision, --prompt; see vlm4j run --help");
    assertThat(CommandLineRun.of("run", "--model", "fake", "--xyz").errorLines())
        .containsExactly("vlm4j: there is no option '--xyz'; see vlm4j run --help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--nonsense",
        "run",
        "run --model fake",
        "run --prompt hello",
        "run --model fake --prompt",
        "run --model= --prompt hello",
        "run --model fake --prompt hello --image=",
        "run --model fake --prompt hello --nonsense",
        "run --model fake --prompt hello more",
        "run --model fake --prompt hello --prompt again",
        "run --model fake --prompt hello --messages m.json",
        "run --model fake --messages m.json --system x",
        "run --model fake --image a.png",
        "run --model fake --prompt hello --max-new-tokens many",
        "run --model fake --prompt hello --max-new-tokens 0",
        "run --model fake --prompt hello --max-new-tokens -1",
        "run --model fake --prompt hello --num-beams two",
        "run --model fake --prompt hello --num-beams 0",
        "run --model fake --prompt hello --min-pixels few",
        "run --model fake --prompt hello --max-pixels 0",
        "run --model fake --prompt hello --min-pixels 20 --max-pixels 10",
        "inputs --model fake --prompt hello --max-pixels -1",
        "run --model fake --prompt hello --threads 0",
        "run --model fake --prompt hello --threads two",
        "run --model fake --prompt hello --threads 1025",
        "run --model fake --prompt hello --format xml",
        "run --model fake --prompt hello --format JSON",
        "run --model fake --prompt hello --precision fp17",
        "run --model fake --prompt hello --device cuda:0",
        "run --model fake --prompt hello --backend ,",
        "run --model fake --prompt hello --backend vision=",
        "run --model fake --prompt hello --stream --format json",
        "inputs --model fake",
        "inputs --model fake --prompt hello --stream",
        "inputs --model fake --messages a.json --messages b.json --output x.safetensors",
        "bench --model fake --repeat 0",
        "bench --model fake --prompt-tokens 0",
        "bench",
        "parity --model fake --prompt hello --backends djl",
        "parity --model fake --prompt hello --backends djl,,reference",
        "parity --model fake --prompt hello --backend djl",
        "parity --model fake --backends djl,reference",
        "backends --nonsense",
        "backends --backend =",
        "download builtin",
        "download --model builtin-detector",
        "models extra"
      })
  void exitsWith2AndOneLineOnWrongUsage(String line) {
    CommandLineRun run = CommandLineRun.of(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errorLines()).hasSize(1).first().asString().startsWith("vlm4j: ");
    assertThat(run.zoo().loaded).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "inputs", "bench"})
  void asksTheModelForCrops(String command) {
    CommandLineRun run =
        CommandLineRun.of((command + " --model fake --prompt hello --pan-and-scan").split(" "));

    assertThat(run.code()).isZero();
    assertThat(run.zoo().options.imageOptions()).isEqualTo(ImageOptions.NONE.withPanAndScan());
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "inputs", "bench"})
  void givesTheBudgetOfPixelsToTheModel(String command) {
    CommandLineRun run =
        CommandLineRun.of(
            (command + " --model fake --prompt hello --min-pixels 100 --max-pixels 200")
                .split(" "));

    assertThat(run.code()).isZero();
    assertThat(run.zoo().options.imageOptions())
        .isEqualTo(ImageOptions.NONE.withMinPixels(100).withMaxPixels(200));
  }

  @Test
  void exitsWith1OnFailuresOfTheModel() {
    CommandLineRun run = CommandLineRun.of("run", "--model", "missing", "--prompt", "hello");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errorLines()).containsExactly("vlm4j: there is no model 'missing'");
  }

  @Test
  void reportsUnexpectedFailuresInOneLine() {
    CommandLineRun run = CommandLineRun.of("run", "--model", "fake", "--prompt", "a bug");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errorLines())
        .containsExactly(
            "vlm4j: unexpected failure: java.lang.IllegalStateException: two lines;"
                + " run again with --verbose for the stack");
    assertThat(run.zoo().model.closed).isTrue();
  }

  @Test
  void reportsAFullHeapInOneLine() {
    CommandLineRun run = CommandLineRun.of("run", "--model", "huge", "--prompt", "x");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errorLines()).hasSize(1).first().asString().contains("VLM4J_JAVA_OPTS=-Xmx8g");
  }

  @Test
  void printsTheStackIfAsked() {
    CommandLineRun run =
        CommandLineRun.of("run", "--model", "fake", "--prompt", "a bug", "--verbose");

    assertThat(run.err())
        .contains("vlm4j: loading fake\n")
        .contains("vision on djl 2.7.1 in fp32, decoder on onnxruntime 1.29.0 in fp32\n")
        .contains("\tat dev.vlm4j.zoo.cli.FakeModel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "demo ", "run ", "inputs ", "bench ", "backends ", "models "})
  void printsHelpAndVersionOfEveryCommand(String command) {
    CommandLineRun help = CommandLineRun.of((command + "--help").split(" "));
    CommandLineRun version = CommandLineRun.of((command + "--version").split(" "));

    assertThat(List.of(help.code(), version.code())).containsOnly(0);
    assertThat(help.out()).startsWith("Usage: vlm4j").contains("--help").doesNotContain("${");
    assertThat(version.out()).startsWith("vlm4j ").hasLineCount(1);
    assertThat(help.err() + version.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "run", "inputs", "bench", "backends", "models"})
  void everyCommandTakesTheCommonOptions(String command) {
    assertThat(CommandLineRun.of(command, "--help").out())
        .contains(
            "--model=",
            "--backend=",
            "--precision=",
            "--threads=",
            "--device=",
            "--format=",
            "--verbose");
  }

  @Test
  void failsIfTheResultCannotBeWritten() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CommandContext context =
        new CommandContext(
            new FakeZoo(),
            InputStream.nullInputStream(),
            new PrintStream(full),
            new PrintStream(err),
            () -> false);

    assertThat(Main.run(new String[] {"models"}, context)).isEqualTo(1);
    assertThat(err).hasToString("vlm4j: the result could not be written to standard output\n");
  }
}

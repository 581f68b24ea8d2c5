package dev.vlm4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher and the program behind it, as a user starts them: in a folder that looks like a
 * checkout that has been built, with the class path of this test.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  private static final List<String> MODULES =
      List.of(".", "api", "models", "backends/onnxruntime", "zoo");
  private static final long LONGEST_SECONDS = 300;
  private static final int LONG_COMMAND = 4_500;

  private record Outcome(int code, String out, String err) {}

  @TempDir private static Path checkout;

  @BeforeAll
  static void makeCheckout() throws IOException {
    for (String module : MODULES) {
      Files.createDirectories(checkout.resolve(module));
      Files.createFile(checkout.resolve(module).resolve("pom.xml"));
    }
    Files.createDirectory(checkout.resolve(".mvn"));
    Path state = Files.createDirectory(checkout.resolve(".vlm4j"));
    Files.writeString(state.resolve("zoo.classpath"), classPath() + "\n");
    Files.createFile(state.resolve("zoo.stamp"));
    Files.copy(
        Path.of("..", "vlm4j"), checkout.resolve("vlm4j"), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static String classPath() {
    String own = System.getProperty("java.class.path", "");
    return System.getProperty("surefire.test.class.path", own);
  }

  @Test
  void passesLongArgumentsUnchanged() throws IOException, InterruptedException {
    String text = "a \"quoted\" \\ word,\ta tab\nand an \u00fc; ";
    String prompt = text.repeat(LONG_COMMAND / text.length() + 1).strip();
    Outcome outcome =
        launch("", "inputs", "--model", "builtin", "--prompt", prompt, "--format", "json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(json(outcome).path("prompt").asText()).contains(prompt);
  }

  @Test
  void startsTheEngineBehindALongCommandLine() throws IOException, InterruptedException {
    String options = "-Dlong=" + "x".repeat(LONG_COMMAND);
    Outcome outcome =
        launch(options, "run", "--model", "builtin", "--prompt", "Hello", "--max-new-tokens", "1");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isNotBlank();
  }

  @Test
  void demonstratesTheBuiltInModel() throws IOException, InterruptedException {
    Outcome outcome = launch("", "demo");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("shapes-1.png", "How many shapes are there?", "./vlm4j run");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void measuresTheBuiltInModel() throws IOException, InterruptedException {
    Outcome outcome =
        launch(
            "",
            "bench",
            "--model",
            "builtin",
            "--prompt-tokens",
            "20",
            "--max-new-tokens",
            "5",
            "--repeat",
            "2",
            "--threads",
            "1",
            "--format",
            "json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode figures = json(outcome);
    assertThat(figures.path("backend").asText()).isEqualTo("onnxruntime");
    assertThat(figures.path("prefill_tokens").asInt()).isEqualTo(20);
    for (String figure : List.of("load_ms", "prefill_ms", "decode_tokens_per_s", "weights_mb")) {
      assertThat(figures.path(figure).asDouble()).as(figure).isPositive();
    }
  }

  @Test
  void examinesTheMachine() throws IOException, InterruptedException {
    Outcome outcome =
        launch("", "doctor", "--offline", "--backend", "onnxruntime", "--format", "json");
    JsonNode examined = json(outcome);
    assertThat(outcome.code())
        .as(outcome.out())
        .isEqualTo(examined.path("healthy").asBoolean() ? 0 : 1);
    assertThat(examined.path("findings"))
        .extracting(finding -> finding.path("name").asText())
        .contains("java", "engine onnxruntime", "endpoint");
  }

  @Test
  void findsItsFolderWhereTheShellSearchesOthers() throws IOException, InterruptedException {
    Path parent = checkout.toAbsolutePath().getParent();
    ProcessBuilder builder =
        new ProcessBuilder(checkout.getFileName() + "/vlm4j", "--version")
            .directory(parent.toFile());
    builder.environment().put("CDPATH", parent.toString());
    Outcome outcome = launch(builder);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("vlm4j ");
  }

  private static JsonNode json(Outcome outcome) throws IOException {
    return new ObjectMapper().readTree(outcome.out());
  }

  private static Outcome launch(String javaOptions, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./vlm4j"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(checkout.toFile());
    builder.environment().put("VLM4J_JAVA_OPTS", javaOptions + " -Dfile.encoding=UTF-8");
    return launch(builder);
  }

  private static Outcome launch(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = Files.createTempFile(checkout, "out", ".txt");
    Path err = Files.createTempFile(checkout, "err", ".txt");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as("ended within %d s", LONGEST_SECONDS).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}

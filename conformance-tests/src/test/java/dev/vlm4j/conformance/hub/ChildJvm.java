package dev.vlm4j.conformance.hub;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another Java virtual machine with the class path of this one. */
public final class ChildJvm {
  private static final long LIMIT_S = 120;

  private ChildJvm() {}

  /** How a child ended. */
  public record Outcome(int code, String out, String err) {}

  /** Starts a program. */
  static Process start(Map<String, String> environment, Path errors, String... command)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    words.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().keySet().removeIf(name -> name.startsWith("HF_"));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().putAll(environment);
    return builder.redirectError(errors.toFile()).start();
  }

  /** Runs a program to its end. */
  public static Outcome run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    File errors = File.createTempFile("child", ".err");
    try {
      Process process = start(environment, errors.toPath(), command);
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the child does not end");
      }
      return new Outcome(process.exitValue(), out, java.nio.file.Files.readString(errors.toPath()));
    } finally {
      java.nio.file.Files.delete(errors.toPath());
    }
  }
}

package dev.vlm4j.zoo.doctor;

import dev.vlm4j.spi.BackendProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a program that examines engines in another virtual machine: the same Java, class path and
 * system properties.
 *
 * @param program its main class
 * @param limit how long it may take
 */
record EngineProcess(String program, Duration limit) {
  /** Libraries of hundreds of megabytes are unpacked, perhaps on a busy machine. */
  static final EngineProcess DEFAULT =
      new EngineProcess(EngineProbe.class.getName(), Duration.ofMinutes(2));

  private static final String ADVICE =
      "its native library is damaged, or made for another processor or system: delete it from the"
          + " local Maven repository and from the engine's own cache and build again, or use"
          + " another engine with --backend";

  /**
   * Examines an engine. Where no other virtual machine can find this class, as in programs that
   * load classes from elsewhere than the class path, the engine is examined in this one.
   */
  Finding examine(BackendProvider provider) {
    String name = EngineExam.name(provider);
    try {
      Path folder = Files.createTempDirectory("vlm4j-doctor");
      try {
        return examine(name, provider, folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      return EngineExam.finding(provider);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.problem(name, "was not examined: interrupted", "ask again");
    }
  }

  private Finding examine(String name, BackendProvider provider, Path folder)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process process = start(provider.name(), folder, out);
    boolean ended = hasEnded(process);
    List<String> output = Files.readString(out, StandardCharsets.ISO_8859_1).lines().toList();
    Optional<Finding> found = EngineProbe.finding(name, output);
    if (found.isPresent()) {
      return found.get();
    }
    if (!ended) {
      return Finding.problem(
          name,
          "has not added two numbers after " + limit.toSeconds() + " s",
          "try again when the machine is less busy; if that does not help: " + ADVICE);
    }
    return EngineProbe.isStarted(output)
        ? Finding.problem(name, crash(process.exitValue(), output), ADVICE)
        : EngineExam.finding(provider);
  }

  private boolean hasEnded(Process process) throws InterruptedException {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private Process start(String engine, Path folder, Path out) throws IOException {
    List<String> options = new ArrayList<>();
    options.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    options.add("-XX:-CreateCoredumpOnCrash");
    options.add("-Xshare:auto");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-D"))
        .forEach(options::add);
    // An argument file keeps the command line short, which ONNX Runtime needs.
    Path file = folder.resolve("options");
    Files.write(file, options.stream().map(EngineProcess::quoted).toList());
    ProcessBuilder builder =
        new ProcessBuilder(java(), "@" + file, program, engine)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path", ""));
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String quoted(String option) {
    return '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Java writes in which library it crashed. */
  private static String crash(int code, List<String> output) {
    int frame = output.indexOf("# Problematic frame:");
    String where =
        frame >= 0 && frame + 1 < output.size()
            ? " in " + output.get(frame + 1).replaceFirst("^#\\s*", "")
            : "";
    return "crashes the program that loads it (exit code " + code + ")" + where;
  }

  /** What cannot be deleted is no reason to examine here what has just crashed elsewhere. */
  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      System.getLogger(EngineProcess.class.getName())
          .log(System.Logger.Level.WARNING, "the folder " + folder + " stays: " + e);
    }
  }
}

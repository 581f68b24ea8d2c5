package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * Python with huggingface_hub, as another user of the cache. Tests that need it run only where it
 * is named: {@code -Dvlm4j.python=python3}.
 */
record PythonChild(String program) {
  private static final Path SCRIPT = Path.of("src", "test", "python", "hub_fetch.py");

  /** Returns the named program; the test is reported as skipped if none is. */
  static PythonChild required() {
    String program = System.getProperty("vlm4j.python", "");
    assumeThat(program).as("-Dvlm4j.python names a Python with huggingface_hub").isNotEmpty();
    return new PythonChild(program);
  }

  /** Starts to fetch all files of a repository. */
  Process fetch(URI endpoint, Path cache, Path errors, String id) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(program, SCRIPT.toAbsolutePath().toString(), id)
            .redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HF_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "HF_ENDPOINT", endpoint.toString(),
                "HF_HUB_CACHE", cache.toString(),
                "HF_HUB_DISABLE_XET", "1",
                "HF_HUB_DISABLE_PROGRESS_BARS", "1",
                "HF_HUB_DISABLE_TELEMETRY", "1"));
    return builder.start();
  }
}

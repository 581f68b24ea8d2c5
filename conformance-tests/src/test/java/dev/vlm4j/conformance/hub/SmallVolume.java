package dev.vlm4j.conformance.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A volume in memory of a given size; needs the right to mount, without which tests are skipped.
 */
final class SmallVolume implements AutoCloseable {
  private final Path folder;

  private SmallVolume(Path folder) {
    this.folder = folder;
  }

  static SmallVolume mount(Path parent, String size) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(parent.resolve("volume"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    Assumptions.assumeTrue(
        mounted, "a small volume cannot be mounted here: it takes root on Linux");
    return new SmallVolume(folder);
  }

  Path folder() {
    return folder;
  }

  void makeReadOnly() throws IOException, InterruptedException {
    if (!run("mount", "-o", "remount,ro", folder.toString())) {
      throw new IOException("the volume cannot be made read-only");
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command));
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (!run("umount", folder.toString()) && !run("umount", "-l", folder.toString())) {
      throw new IOException("the volume cannot be unmounted");
    }
  }
}

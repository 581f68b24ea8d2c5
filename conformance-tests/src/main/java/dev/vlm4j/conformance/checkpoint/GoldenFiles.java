package dev.vlm4j.conformance.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The recorded files in a temporary folder, because a checkpoint must be a folder of files. Every
 * architecture has a folder of its own, with checkpoints and pictures.
 */
final class GoldenFiles implements AutoCloseable {
  private static final String RESOURCES = "/dev/vlm4j/conformance/goldens/";
  private static final List<String> ARCHITECTURES = List.of("llava", "qwenvl");
  private static final String INDEX = "index.txt";
  private static final String CASES = "cases.txt";

  private final Path folder;
  private final Map<String, Path> checkpoints = new LinkedHashMap<>();

  private GoldenFiles(Path folder) {
    this.folder = folder;
  }

  static GoldenFiles unpack() {
    try {
      GoldenFiles goldens =
          new GoldenFiles(Files.createTempDirectory("vlm4j-goldens").toRealPath());
      for (String architecture : ARCHITECTURES) {
        goldens.unpack(architecture + "/");
      }
      return goldens;
    } catch (IOException e) {
      throw new UncheckedIOException("the recorded checkpoints cannot be unpacked", e);
    }
  }

  private void unpack(String architecture) throws IOException {
    copy(architecture + INDEX);
    for (String file : Files.readAllLines(folder.resolve(architecture + INDEX))) {
      copy(architecture + file);
      if (file.endsWith("/" + CASES)) {
        String name = file.substring(0, file.indexOf('/'));
        Path former = checkpoints.put(name, folder.resolve(architecture + name));
        if (former != null) {
          throw new IllegalStateException(former + " has the name of another checkpoint");
        }
      }
    }
  }

  private void copy(String file) throws IOException {
    try (InputStream resource = GoldenFiles.class.getResourceAsStream(RESOURCES + file)) {
      if (resource == null) {
        throw new IllegalStateException("the kit lacks its resource " + RESOURCES + file);
      }
      Path target = folder.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(resource, target);
    }
  }

  /** Returns the recorded checkpoints, those of one architecture after the other. */
  List<GoldenCheckpoint> checkpoints() {
    return checkpoints.keySet().stream().map(this::checkpoint).toList();
  }

  /** Returns the one of that name. */
  GoldenCheckpoint checkpoint(String name) {
    return GoldenReader.read(this, name);
  }

  Path cases(String checkpoint) {
    return own(checkpoint).resolve(CASES);
  }

  Path tensors(String checkpoint) {
    return own(checkpoint).resolve("tensors.f32");
  }

  Path model(String checkpoint) {
    return own(checkpoint).resolve("model");
  }

  /** Returns a picture of the checkpoint's architecture. */
  Path picture(String checkpoint, String name) {
    return own(checkpoint).resolveSibling("pictures").resolve(name + ".png");
  }

  private Path own(String checkpoint) {
    Path found = checkpoints.get(checkpoint);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no checkpoint " + checkpoint + " among " + checkpoints.keySet());
    }
    return found;
  }

  Path emptyFolder(String name) {
    try {
      return Files.createTempDirectory(folder, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the temporary folder " + folder, e);
    }
  }
}

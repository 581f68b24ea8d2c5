package dev.vlm4j.conformance.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The recorded files in a temporary folder, because a checkpoint must be a folder of files. */
final class GoldenFiles implements AutoCloseable {
  private static final String RESOURCES = "/dev/vlm4j/conformance/goldens/llava/";
  private static final String INDEX = "index.txt";
  private static final String CASES = "cases.txt";

  private final Path folder;
  private final List<String> files;

  private GoldenFiles(Path folder, List<String> files) {
    this.folder = folder;
    this.files = files;
  }

  static GoldenFiles unpack() {
    try {
      Path folder = Files.createTempDirectory("vlm4j-goldens").toRealPath();
      copy(INDEX, folder);
      GoldenFiles goldens = new GoldenFiles(folder, Files.readAllLines(folder.resolve(INDEX)));
      for (String file : goldens.files) {
        copy(file, folder);
      }
      return goldens;
    } catch (IOException e) {
      throw new UncheckedIOException("the recorded checkpoints cannot be unpacked", e);
    }
  }

  private static void copy(String file, Path folder) throws IOException {
    try (InputStream resource = GoldenFiles.class.getResourceAsStream(RESOURCES + file)) {
      if (resource == null) {
        throw new IllegalStateException("the kit lacks its resource " + RESOURCES + file);
      }
      Path target = folder.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(resource, target);
    }
  }

  /** Returns the recorded checkpoints in alphabetical order. */
  List<GoldenCheckpoint> checkpoints() {
    return files.stream()
        .filter(file -> file.endsWith("/" + CASES))
        .map(file -> GoldenReader.read(this, file.substring(0, file.indexOf('/'))))
        .toList();
  }

  /** Returns the one of that name. */
  GoldenCheckpoint checkpoint(String name) {
    return GoldenReader.read(this, name);
  }

  Path cases(String checkpoint) {
    return folder.resolve(checkpoint).resolve(CASES);
  }

  Path tensors(String checkpoint) {
    return folder.resolve(checkpoint).resolve("tensors.f32");
  }

  Path model(String checkpoint) {
    return folder.resolve(checkpoint).resolve("model");
  }

  Path picture(String name) {
    return folder.resolve("pictures").resolve(name + ".png");
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

package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The files that a folder of the cache has. */
final class CachedNames {
  private static final int DEEPEST = 20;

  private CachedNames() {}

  /** Returns the names of all files below a folder, with slashes, sorted; none if it is missing. */
  static List<String> below(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
      return files
          .filter(file -> !Files.isDirectory(file))
          .map(file -> slashed(folder.relativize(file)))
          .sorted()
          .toList();
    }
  }

  private static String slashed(Path relative) {
    return StreamSupport.stream(relative.spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }
}

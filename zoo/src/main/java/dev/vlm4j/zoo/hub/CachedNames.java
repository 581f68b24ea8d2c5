package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The files that a folder of the cache has, without those that systems leave in any folder. */
final class CachedNames {
  private static final Set<String> OF_SYSTEMS = Set.of(".DS_Store", "Thumbs.db", "desktop.ini");

  private CachedNames() {}

  /** Returns the names of all files below a folder, with slashes, sorted; none if it is missing. */
  static List<String> below(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    FileVisit.below(
        folder,
        (file, is) -> {
          if (!Files.isDirectory(file) && !isOfSystem(file)) {
            names.add(slashed(folder.relativize(file)));
          }
        });
    Collections.sort(names);
    return names;
  }

  /** Returns what lies directly in a folder, sorted; nothing if it is missing. */
  static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !isOfSystem(file)).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isOfSystem(Path file) {
    return OF_SYSTEMS.contains(String.valueOf(file.getFileName()));
  }

  private static String slashed(Path relative) {
    return StreamSupport.stream(relative.spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }
}

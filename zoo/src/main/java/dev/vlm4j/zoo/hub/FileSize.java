package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Sizes of files that other processes may take away at any time: each is looked at once. */
final class FileSize {
  /** There is no such file, or it is no file. */
  static final long NONE = -1;

  private FileSize() {}

  /** Returns the size of what a path leads to. */
  static long of(Path file) throws IOException {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return is.isRegularFile() ? is.size() : NONE;
    } catch (NoSuchFileException e) {
      return NONE;
    }
  }
}

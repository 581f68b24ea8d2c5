package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;

/** Adds up the files below a folder; links count nothing. */
final class FolderSize {
  private FolderSize() {}

  /** Returns the bytes of a file, or below a folder that other processes may be changing. */
  static long of(Path path) throws IOException {
    LongAdder sum = new LongAdder();
    FileVisit.below(path, (file, is) -> sum.add(is.isRegularFile() ? is.size() : 0));
    return sum.sum();
  }
}

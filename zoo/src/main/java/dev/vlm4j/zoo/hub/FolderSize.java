package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Adds up the files below a folder; links count nothing. */
final class FolderSize extends SimpleFileVisitor<Path> {
  private long sum;

  private FolderSize() {}

  /** Returns the bytes below a folder that other processes may be changing. */
  static long of(Path folder) throws IOException {
    FolderSize size = new FolderSize();
    Files.walkFileTree(folder, size);
    return size.sum;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
    sum += is.isRegularFile() ? is.size() : 0;
    return FileVisitResult.CONTINUE;
  }

  /** What a download has renamed meanwhile is counted under its new name, or not yet. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
      throws IOException {
    return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, failure);
  }
}

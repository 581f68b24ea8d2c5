package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Looks at the files below a folder of which others may take away any meanwhile. */
final class FileVisit extends SimpleFileVisitor<Path> {
  private final BiConsumer<Path, BasicFileAttributes> each;

  private FileVisit(BiConsumer<Path, BasicFileAttributes> each) {
    this.each = each;
  }

  /** Shows every file and link, none of which is followed; nothing if there is no such folder. */
  static void below(Path folder, BiConsumer<Path, BasicFileAttributes> each) throws IOException {
    Files.walkFileTree(folder, new FileVisit(each));
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
    each.accept(file, is);
    return FileVisitResult.CONTINUE;
  }

  /** What a download has renamed meanwhile is seen under its new name, or not yet. */
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

package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** The files of a commit in the cache: relative links to blobs, or copies where links cannot be. */
final class SnapshotFolder {
  private final CacheLayout layout;
  private final Path folder;
  private final LinkSupport links;

  SnapshotFolder(CacheLayout layout, String commit, LinkSupport links) {
    this.layout = layout;
    this.folder = layout.snapshot(commit);
    this.links = links;
  }

  Path path() {
    return folder;
  }

  Path file(String name) {
    return CacheLayout.resolve(folder, name);
  }

  /**
   * Returns the content that a name leads to; it may not exist.
   *
   * @throws VlmException {@code HUB_NAME_REFUSED} if a link leads out of the cache
   */
  Path content(String name) throws IOException {
    Path file = file(name);
    if (!Files.exists(file)) {
      return file;
    }
    Path real = file.toRealPath();
    boolean inside =
        SharedBlobs.contains(layout.cache(), real)
            || (Files.exists(layout.root()) && real.startsWith(layout.root().toRealPath()));
    if (!inside) {
      throw new VlmException(
          ErrorCode.HUB_NAME_REFUSED, "the link " + file + " leads out of the cache: delete it");
    }
    return real;
  }

  /**
   * Lets a name lead to a blob.
   *
   * @param fresh whether the blob belongs to nobody else, so that it may be moved
   */
  void point(String name, Path blob, boolean fresh) throws IOException {
    Path file = file(name);
    Path parent = Objects.requireNonNullElse(file.getParent(), folder);
    Files.createDirectories(parent);
    if (links.isSupported()) {
      link(file, parent.relativize(blob), blob);
    } else if (fresh) {
      Files.move(blob, file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      copy(blob, file);
    }
  }

  private void link(Path file, Path target, Path blob) throws IOException {
    try {
      Files.createSymbolicLink(file, target);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isSymbolicLink(file) || !Files.readSymbolicLink(file).equals(target)) {
        replace(file, target, blob);
      }
    }
  }

  /** The new link is made under the name of a temporary blob, which a later start cleans up. */
  private static void replace(Path file, Path target, Path blob) throws IOException {
    Path temporary = BlobWriter.temporary(blob);
    try {
      Files.createSymbolicLink(temporary, target);
      AtomicFile.move(temporary, file);
    } finally {
      if (Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(temporary);
      }
    }
  }

  private static void copy(Path blob, Path file) throws IOException {
    Path temporary = BlobWriter.temporary(blob);
    try {
      Files.copy(blob, temporary);
      AtomicFile.move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}

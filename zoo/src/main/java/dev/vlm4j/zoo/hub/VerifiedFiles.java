package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers which files of a repository have been hashed, by size, time and identity, so that a
 * large file is hashed once. Lies beside the official cache, never in it. Thread-safe; of several
 * processes the last one wins, and what is lost is hashed again.
 */
final class VerifiedFiles {
  private static final int FIELDS = 3;

  private final Path file;
  private Map<String, String> stamps = new HashMap<>();
  private boolean read;

  VerifiedFiles(CacheLayout layout) {
    this.file = folder(layout.cache()).resolve("verified").resolve(layout.id().folder() + ".txt");
  }

  /** Returns the folder for data of this program that belong to a cache folder. */
  static Path folder(Path cache) {
    Path absolute = cache.toAbsolutePath();
    return absolute.resolveSibling(absolute.getFileName() + "-vlm4j");
  }

  synchronized boolean contains(Path content, String etag) throws IOException {
    load();
    return stamp(content, etag).equals(stamps.get(key(content)));
  }

  /** Remembers a file; a cache that cannot be written makes it hash again next time. */
  synchronized void add(Path content, String etag) throws IOException {
    load();
    stamps.put(key(content), stamp(content, etag));
    save();
  }

  private void save() {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(stamps).forEach((path, stamp) -> lines.add(stamp + "\t" + path));
    try {
      AtomicFile.write(
          file, String.join("\n", lines).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      System.getLogger(VerifiedFiles.class.getName())
          .log(System.Logger.Level.DEBUG, "verified files cannot be remembered", e);
    }
  }

  private void load() {
    if (read) {
      return;
    }
    read = true;
    try {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split("\t", 2);
        if (fields.length == 2 && fields[0].split(" ").length >= FIELDS) {
          stamps.put(fields[1], fields[0]);
        }
      }
    } catch (NoSuchFileException e) {
      stamps = new HashMap<>();
    } catch (IOException e) {
      stamps = new HashMap<>();
      System.getLogger(VerifiedFiles.class.getName())
          .log(System.Logger.Level.WARNING, "ignoring the unreadable file " + file + ": " + e);
    }
  }

  private static String key(Path content) {
    return content.toAbsolutePath().toString();
  }

  private static String stamp(Path content, String etag) throws IOException {
    BasicFileAttributes is = Files.readAttributes(content, BasicFileAttributes.class);
    String identity = String.valueOf(is.fileKey()).replace(' ', '_');
    return etag
        + " "
        + is.size()
        + " "
        + is.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS)
        + " "
        + identity;
  }
}

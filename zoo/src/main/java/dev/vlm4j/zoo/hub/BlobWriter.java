package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Fetches contents into the cache. Each is written under a name of its own, checked, and renamed:
 * whatever happens, nobody sees a part of a file, and nobody's file is written to.
 */
final class BlobWriter {
  private static final Duration STALE = Duration.ofHours(24);
  private static final int TRIES = 2;

  private final CacheLayout layout;
  private final HubRequests requests;
  private final VerifiedFiles verified;
  private final String commit;
  private final Function<RemoteFile, URI> addresses;

  BlobWriter(
      CacheLayout layout,
      HubRequests requests,
      VerifiedFiles verified,
      String commit,
      Function<RemoteFile, URI> addresses) {
    this.layout = layout;
    this.requests = requests;
    this.verified = verified;
    this.commit = commit;
    this.addresses = addresses;
  }

  /** Returns a new name for a content that is not complete. */
  static Path temporary(Path blob) {
    return blob.resolveSibling(
        blob.getFileName() + "." + AtomicFile.uniqueDigits() + CacheLayout.INCOMPLETE);
  }

  /** Deletes what a killed process left, once nobody can be writing to it any more. */
  static void deleteStale(Path blobs) throws IOException {
    if (!Files.isDirectory(blobs)) {
      return;
    }
    FileTime limit = FileTime.from(Instant.now().minus(STALE));
    List<Path> left;
    try (Stream<Path> files = Files.list(blobs)) {
      left = files.filter(f -> f.toString().endsWith(CacheLayout.INCOMPLETE)).toList();
    }
    for (Path file : left) {
      if (isOlder(file, limit)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean isOlder(Path file, FileTime limit) throws IOException {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).compareTo(limit) < 0;
    } catch (NoSuchFileException e) {
      return false; // the process that writes it has just renamed it
    }
  }

  /** Returns whether a path holds a content: the size is compared always, the hash once. */
  boolean isComplete(Path content, RemoteFile file, DownloadControl control) throws IOException {
    if (FileSize.of(content) != file.size()) {
      return false;
    }
    Path real = content.toRealPath();
    if (verified.contains(real, file.etag())) {
      return true;
    }
    if (!BlobDigest.matches(real, file.etag(), control)) {
      control.notice(
          "the cached file " + Printable.of(file.path()) + " is damaged; it is fetched again");
      return false;
    }
    verified.add(real, file.etag());
    return true;
  }

  /** Makes a content present; returns whether it was fetched now. */
  boolean fetch(RemoteFile file, DownloadControl control) throws IOException {
    Path blob = layout.blob(file.etag());
    if (isComplete(blob, file, control)) {
      return false;
    }
    Files.createDirectories(layout.blobs());
    try (BlobLock lock =
        BlobLock.acquire(
            layout.lock(file.etag()), control, () -> isComplete(blob, file, control))) {
      if (isComplete(blob, file, control)) {
        return false;
      }
      for (int attempt = 1; !download(file, blob, control); attempt++) {
        if (attempt == TRIES) {
          throw corrupt(file, control);
        }
        control.notice(Printable.of(file.path()) + " arrived damaged; it is fetched again");
      }
      return true;
    }
  }

  private boolean download(RemoteFile file, Path blob, DownloadControl control) throws IOException {
    Path temporary = temporary(blob);
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      boolean sound =
          new BlobTransfer(requests, file, commit, control, channel).fetch(addresses.apply(file));
      if (!sound) {
        control.bytes(-channel.size());
        return false;
      }
      channel.force(true);
      AtomicFile.move(temporary, blob);
    } catch (BlobTransfer.DiskFailure e) {
      throw e.failure();
    } finally {
      Files.deleteIfExists(temporary);
    }
    AtomicFile.syncFolder(layout.blobs());
    verified.add(blob.toRealPath(), file.etag());
    return true;
  }

  private static HubException corrupt(RemoteFile file, DownloadControl control) {
    return new HubException(
        ErrorCode.DOWNLOAD_CORRUPT,
        "the file "
            + Printable.of(file.path())
            + " came twice with other bytes than the Hub lists ("
            + file.size()
            + " bytes, hash "
            + file.etag()
            + "); nothing was kept. Check whether a proxy or a network login page changes"
            + " answers, and try again",
        control.subject());
  }
}

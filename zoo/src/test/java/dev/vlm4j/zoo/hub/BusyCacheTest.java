package dev.vlm4j.zoo.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P4: files come and go while others look at the cache. */
class BusyCacheTest {
  private static final Duration TIME = Duration.ofMillis(600);

  @TempDir Path cache;

  /** Looks again and again while a download renames and another process deletes. */
  private void whileFilesComeAndGo(Path blobs, Look look) throws Exception {
    Files.createDirectories(blobs);
    Thread download = new Thread(() -> comeAndGo(blobs));
    download.start();
    try {
      for (long end = System.nanoTime() + TIME.toNanos(); System.nanoTime() < end; ) {
        look.at(blobs);
      }
    } finally {
      download.interrupt();
      download.join();
    }
  }

  private interface Look {
    void at(Path blobs) throws IOException;
  }

  private static void comeAndGo(Path blobs) {
    try {
      for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
        Path part = blobs.resolve("0f15." + i + CacheLayout.INCOMPLETE);
        Files.createFile(part);
        Path whole = Files.move(part, blobs.resolve("0f15"), StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void temporaryFilesOfOthersMayVanishWhileStaleOnesAreLookedFor() throws Exception {
    Path blobs = cache.resolve("blobs");
    Path stale =
        Files.createFile(Files.createDirectories(blobs).resolve("a" + CacheLayout.INCOMPLETE));
    Files.setLastModifiedTime(stale, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    whileFilesComeAndGo(blobs, BlobWriter::deleteStale);
    assertThat(stale).doesNotExist();
  }

  @Test
  void theCacheIsListedWhileFilesComeAndGo() throws Exception {
    HubCache listed = new HubCache(cache);
    whileFilesComeAndGo(
        cache.resolve("models--org--tiny").resolve("blobs"),
        blobs -> assertThat(listed.list()).hasSize(1));
  }

  @Test
  void aContentMayVanishBetweenTwoLooks() throws Exception {
    whileFilesComeAndGo(
        cache.resolve("blobs"),
        blobs -> assertThat(FileSize.of(blobs.resolve("0f15"))).isIn(FileSize.NONE, 0L));
  }
}

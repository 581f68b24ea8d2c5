package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes from fetching the same content twice. A hint only: file systems may grant it
 * to everybody, and Python takes another kind of lock; what is published is safe without it.
 */
final class BlobLock implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final @Nullable FileChannel channel;

  private BlobLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /** Waits for the lock, but neither for ever nor when {@code done} holds. */
  static BlobLock acquire(Path file, DownloadControl control, Condition done) throws IOException {
    FileChannel channel = open(file);
    if (channel == null) {
      return new BlobLock(null);
    }
    BlobLock lock = new BlobLock(channel);
    try {
      lock.await(control, done);
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Something that another process may have finished. */
  interface Condition {
    boolean holds() throws IOException;
  }

  private static @Nullable FileChannel open(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      without(e);
      return null;
    }
  }

  private static void without(IOException e) {
    System.getLogger(BlobLock.class.getName())
        .log(System.Logger.Level.DEBUG, "going on without a lock", e);
  }

  private void await(DownloadControl control, Condition done) throws IOException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!tryLock() && System.nanoTime() - end < 0 && !done.holds()) {
      control.waitFor(PAUSE, "another process is fetching the same file");
    }
  }

  private boolean tryLock() {
    if (channel == null) {
      return true;
    }
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      without(e);
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}

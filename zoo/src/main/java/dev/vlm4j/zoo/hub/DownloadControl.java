package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** One download seen from its threads: cancellation, waits and progress. Thread-safe. */
final class DownloadControl {
  static final Duration TICK = Duration.ofMillis(50);

  private final DownloadListener listener;
  private final Subject subject;
  private final AtomicBoolean stopped;

  DownloadControl(DownloadListener listener, Subject subject) {
    this(listener, subject, new AtomicBoolean());
  }

  private DownloadControl(DownloadListener listener, Subject subject, AtomicBoolean stopped) {
    this.listener = listener;
    this.subject = subject;
    this.stopped = stopped;
  }

  /** Returns the same download for one of its files, whose errors name the file. */
  DownloadControl forFile(String name) {
    return new DownloadControl(listener, subject.withFile(name), stopped);
  }

  Subject subject() {
    return subject;
  }

  /** Ends the other threads of this download after one has failed. */
  void stop() {
    stopped.set(true);
  }

  void checkCancelled() {
    if (stopped.get() || Thread.currentThread().isInterrupted() || isCancelled()) {
      throw new HubException(
          ErrorCode.DOWNLOAD_CANCELLED,
          "the download was cancelled; what is complete stays in the cache",
          subject);
    }
  }

  private boolean isCancelled() {
    synchronized (stopped) {
      return listener.isCancelled();
    }
  }

  /** Waits; the listener learns why, and cancellation ends the wait. */
  void waitFor(Duration time, String reason) {
    synchronized (stopped) {
      listener.onWait(reason, time);
    }
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      checkCancelled();
      sleep(Math.min(left, TICK.toNanos()));
    }
    checkCancelled();
  }

  private static void sleep(long nanos) {
    try {
      Thread.sleep(Duration.ofNanos(nanos).toMillis(), (int) (nanos % 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void start(int files, long bytes) {
    synchronized (stopped) {
      listener.onStart(files, bytes);
    }
  }

  void bytes(long count) {
    synchronized (stopped) {
      listener.onBytes(count);
    }
  }

  void notice(String text) {
    synchronized (stopped) {
      listener.onNotice(text);
    }
  }

  void end() {
    synchronized (stopped) {
      listener.onEnd();
    }
  }
}

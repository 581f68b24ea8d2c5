package dev.vlm4j.zoo.hub;

import java.io.IOException;

/** Notices a connection that lives on a few bytes: every window of time must bring its share. */
final class Pace {
  private static final double NANOS = 1e9;

  private final int slowest;
  private final long windowNanos;
  private long start = System.nanoTime();
  private long bytes;

  Pace(int bytesPerSecond, long windowNanos) {
    this.slowest = bytesPerSecond;
    this.windowNanos = windowNanos;
  }

  void received(long count) throws IOException {
    bytes += count;
    long passed = System.nanoTime() - start;
    if (passed < windowNanos) {
      return;
    }
    if (bytes < slowest * (passed / NANOS)) {
      throw new IOException("only " + bytes + " bytes came in " + (long) (passed / NANOS) + " s");
    }
    start = System.nanoTime();
    bytes = 0;
  }
}

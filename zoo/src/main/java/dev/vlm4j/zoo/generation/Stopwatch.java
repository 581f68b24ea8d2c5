package dev.vlm4j.zoo.generation;

/** Measures the laps of a request in milliseconds. For one thread. */
final class Stopwatch {
  private static final double NANOS_PER_MILLI = 1e6;

  private final long start = System.nanoTime();
  private long lapStart = start;

  /** Returns the time since the last lap and starts the next one. */
  double lap() {
    long now = System.nanoTime();
    double lap = (now - lapStart) / NANOS_PER_MILLI;
    lapStart = now;
    return lap;
  }

  /** Returns the time since the start. */
  double total() {
    return (System.nanoTime() - start) / NANOS_PER_MILLI;
  }
}

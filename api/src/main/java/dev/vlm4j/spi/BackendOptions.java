package dev.vlm4j.spi;

/**
 * Settings of an engine, made once per backend.
 *
 * @param threads number of threads of one operation; 0 leaves the choice to the engine
 * @param device where to compute
 */
public record BackendOptions(int threads, Device device) {
  /** The engine's own choice of threads, on the CPU. */
  public static final BackendOptions DEFAULT = new BackendOptions(0, Device.CPU);

  /** Rejects a negative number of threads. */
  public BackendOptions {
    if (threads < 0) {
      throw new IllegalArgumentException("threads must not be negative: " + threads);
    }
  }
}

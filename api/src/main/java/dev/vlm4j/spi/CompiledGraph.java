package dev.vlm4j.spi;

/**
 * A graph in an engine's own form with its weights. Thread-safe. Its sessions must be closed before
 * it; {@link #close()} waits for calls that are running.
 */
public interface CompiledGraph extends AutoCloseable {
  /**
   * Opens a session with empty caches.
   *
   * @throws dev.vlm4j.error.VlmException {@code ENGINE_FAILURE} if the caches cannot be allocated,
   *     {@code CLOSED} after closing, {@code INVALID_ARGUMENT} if a group of states has no capacity
   */
  GraphSession openSession(SessionOptions options);

  /**
   * Returns how many new positions a run should have at most. An engine that computes the scores of
   * all pairs of positions is slow, and needs much memory, where both are many.
   */
  default int preferredPositions() {
    return Integer.MAX_VALUE;
  }

  /** Releases the compiled form and its weights; a second call does nothing. */
  @Override
  void close();
}

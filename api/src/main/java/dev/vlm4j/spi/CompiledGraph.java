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

  /** Releases the compiled form and its weights; a second call does nothing. */
  @Override
  void close();
}

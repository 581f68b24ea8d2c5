package dev.vlm4j.api;

import java.util.Iterator;

/**
 * An answer to pull piece by piece while another thread generates it. For one reading thread;
 * {@link #cancel()} and {@link #close()} may come from any thread. With beams there is one piece,
 * when the search ends. {@link Iterator#next} throws what generation threw.
 */
public interface TextStream extends Iterator<String>, AutoCloseable {
  /** Ends generation after the current step; the pieces so far remain readable. */
  void cancel();

  /**
   * Returns the whole answer, waiting for its end; pieces not yet read are skipped.
   *
   * @throws dev.vlm4j.error.VlmException what generation threw
   */
  Answer answer();

  /** Cancels if needed and waits for the end; a second call does nothing. */
  @Override
  void close();
}

package dev.vlm4j.spi;

import java.util.Map;
import java.util.Set;

/**
 * One use of a compiled graph: owns the caches. For one thread at a time, except {@link #cancel()}
 * and {@link #close()}, which any thread may call at any time.
 *
 * <p>A run appends the same number of positions to every row of a group. To run rows of different
 * length, pad the shorter ones behind and {@link #truncate} them afterwards.
 *
 * <p>Caches grow whatever results are asked for; a run that fails leaves them as they were.
 */
public interface GraphSession extends AutoCloseable {
  /**
   * Runs the graph once.
   *
   * @param inputs a tensor for every input of the graph; {@code FLOAT} and {@code FLOAT32} inputs
   *     take floats. Fixed axes must have their size, and equal symbols equal sizes
   * @param outputs the names of the results to return
   * @return the results as 32-bit floats or integers in row-major order
   * @throws dev.vlm4j.error.VlmException {@code INVALID_ARGUMENT} for wrong inputs, {@code
   *     CONTEXT_TOO_LONG} if a cache would overflow (its contents stay), {@code CLOSED}, or {@code
   *     ENGINE_FAILURE}
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs);

  /** Returns the number of positions that a row of a group of states holds. */
  int length(String group, int row);

  /**
   * Forgets the positions of a row from {@code length} on.
   *
   * @throws dev.vlm4j.error.VlmException {@code INVALID_ARGUMENT} if the row is shorter, {@code
   *     SESSION_STATE} if rows would differ and the backend lacks {@link Capability#RAGGED_ROWS}
   */
  void truncate(String group, int row, int length);

  /**
   * Makes row {@code i} a copy of what row {@code sources[i]} was, in all states of all groups.
   * Afterwards the session has as many rows as there are sources: one prompt can be read once and
   * continued in several ways. Rows keep their lengths, groups their capacities.
   *
   * @param sources row numbers, at least one; repetitions allowed
   * @throws dev.vlm4j.error.VlmException {@code INVALID_ARGUMENT} for no rows or rows that do not
   *     exist (nothing changes), {@code ENGINE_FAILURE} if caches for more rows cannot be allocated
   *     (what the caches hold is then undefined)
   */
  void reorder(int[] sources);

  /**
   * Asks a running call to end early with {@code ENGINE_FAILURE}; without {@link
   * Capability#CANCEL_IN_STEP} it ends in its own time.
   */
  void cancel();

  /** Releases the caches after waiting for a running call; a second call does nothing. */
  @Override
  void close();
}

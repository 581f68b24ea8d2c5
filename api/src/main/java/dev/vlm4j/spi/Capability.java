package dev.vlm4j.spi;

/**
 * What a backend can do beyond lowering every primitive. Tests rely on the same answers that users
 * get; what is not supported fails with a typed error.
 */
public enum Capability {
  /** Weights are read in place from the mapped checkpoint, without a second copy in memory. */
  WEIGHTS_IN_PLACE,
  /** Rows of one session may hold caches of different length. */
  RAGGED_ROWS,
  /** A running call stops early when its session is cancelled. */
  CANCEL_IN_STEP,
  /** Several sessions of one compiled graph may run at the same time. */
  CONCURRENT_SESSIONS,
  /** The engine can use a GPU if the machine and the installed native library have one. */
  GPU
}

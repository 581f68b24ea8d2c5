package dev.vlm4j.spi;

import java.util.Map;

/**
 * Size of the caches of a session.
 *
 * @param rows number of sequences at the start, at least 1; {@code 1} for a graph without states
 * @param capacities for each group of states the most positions that a row can hold, at least 1
 */
public record SessionOptions(int rows, Map<String, Integer> capacities) {
  /** For graphs without states. */
  public static final SessionOptions STATELESS = new SessionOptions(1, Map.of());

  /** Rejects empty sessions. */
  public SessionOptions {
    capacities = Map.copyOf(capacities);
    if (rows < 1 || capacities.values().stream().anyMatch(capacity -> capacity < 1)) {
      throw new IllegalArgumentException("rows and capacities must be positive");
    }
  }
}

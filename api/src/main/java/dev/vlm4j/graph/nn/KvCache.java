package dev.vlm4j.graph.nn;

import dev.vlm4j.graph.State;

/**
 * The two caches of one attention layer, of the same group and number of heads.
 *
 * @param key cache of the keys
 * @param value cache of the values
 */
public record KvCache(State key, State value) {
  /** Rejects caches that cannot belong together. */
  public KvCache {
    Operands.require(
        key.group().equals(value.group()) && key.heads() == value.heads(),
        key + " and " + value + " do not belong together");
  }
}

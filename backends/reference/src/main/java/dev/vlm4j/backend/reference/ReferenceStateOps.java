package dev.vlm4j.backend.reference;

import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.graph.op.CacheLength;
import dev.vlm4j.spi.CacheLengths;
import dev.vlm4j.spi.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * Rules of the caches for one run. New positions lie behind the lengths, which grow only when the
 * whole run has succeeded: a failed run leaves the contents as they were.
 */
final class ReferenceStateOps {
  private final CacheLengths lengths;
  private final Map<String, ReferenceCache> caches;
  private final Map<String, Integer> added = new HashMap<>();

  ReferenceStateOps(CacheLengths lengths, Map<String, ReferenceCache> caches) {
    this.lengths = lengths;
    this.caches = caches;
  }

  Tensor cacheAppend(CacheAppend op, Tensor x) {
    String group = op.state().group();
    if (x.size(0) != lengths.rows()) {
      throw new IllegalArgumentException(
          x.size(0) + " rows given to a session of " + lengths.rows());
    }
    int wanted = (int) x.size(1);
    if (added.merge(group, wanted, Math::max) != wanted) {
      throw new IllegalArgumentException("group '" + group + "' does not grow evenly");
    }
    lengths.checkRoom(group, wanted);
    ReferenceCache cache = caches.get(op.state().name());
    if (cache == null) {
      throw new IllegalArgumentException(op.state() + " is not declared");
    }
    cache.write(x, lengths.lengths(group));
    return cache.read(lengths.longest(group) + wanted);
  }

  Tensor cacheLength(CacheLength op) {
    int[] perRow = lengths.lengths(op.group());
    return Tensor.of(perRow, perRow.length);
  }

  /** Makes the appended positions part of the caches. */
  void commit() {
    added.forEach(lengths::advance);
  }
}

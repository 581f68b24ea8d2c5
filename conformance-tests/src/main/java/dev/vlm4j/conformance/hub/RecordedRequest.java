package dev.vlm4j.conformance.hub;

import java.util.Map;
import java.util.Optional;

/**
 * A request that a double has seen.
 *
 * @param storage whether it came to the storage port instead of the Hub's
 * @param method for example {@code GET}
 * @param target path and query
 * @param headers names in lower case
 */
public record RecordedRequest(
    boolean storage, String method, String target, Map<String, String> headers) {
  /** Keeps an immutable copy. */
  public RecordedRequest {
    headers = Map.copyOf(headers);
  }

  /** Returns a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Returns the first byte of the range that was asked for; 0 without a range. */
  long rangeStart() {
    String range = header("range").orElse("");
    return range.startsWith("bytes=")
        ? Long.parseLong(range.substring("bytes=".length()).split("-")[0])
        : 0;
  }

  /** Returns the last byte of the range that was asked for; {@code last} without one. */
  long rangeEnd(long last) {
    String[] ends = header("range").orElse("").split("-");
    return ends.length < 2 ? last : Math.min(last, Long.parseLong(ends[1]));
  }

  boolean hasRange() {
    return header("range").isPresent();
  }
}

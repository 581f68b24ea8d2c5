package dev.vlm4j.zoo.template;

import java.time.Duration;
import java.util.Objects;

/**
 * Bounds of one render. Exceeding any of them ends the render with {@link
 * TemplateException.Code#LIMIT}. Immutable and thread-safe.
 *
 * @param maxSteps evaluated expressions, statements and produced list elements
 * @param maxChars length of the output and of any string made on the way, in UTF-16 units; all
 *     strings of a render together may reach eight times this
 * @param maxDepth nested macro calls and nested lists or dictionaries
 * @param maxRange elements of one {@code range()}
 * @param maxTime wall time
 */
public record Limits(long maxSteps, int maxChars, int maxDepth, int maxRange, Duration maxTime) {
  /** Checks that every bound is positive. */
  public Limits {
    Objects.requireNonNull(maxTime, "maxTime");
    if (maxSteps < 1 || maxChars < 1 || maxDepth < 1 || maxRange < 1 || maxTime.isNegative()) {
      throw new IllegalArgumentException("every template limit must be positive");
    }
  }

  /** One million steps, four million characters, depth 64, ranges of 100,000, two seconds. */
  public static Limits standard() {
    return new Limits(1_000_000, 4_000_000, 64, 100_000, Duration.ofSeconds(2));
  }
}

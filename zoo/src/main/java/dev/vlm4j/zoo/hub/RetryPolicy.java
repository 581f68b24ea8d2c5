package dev.vlm4j.zoo.hub;

import java.time.Duration;

/**
 * How failures that may pass are met.
 *
 * @param tries retries after the first try; bytes that arrive give a download new ones
 * @param first wait before the first retry; it doubles each time
 * @param longest longest of these waits
 * @param longestAsked longest wait that the server may ask for
 */
public record RetryPolicy(int tries, Duration first, Duration longest, Duration longestAsked) {
  /** Five retries, from one to eight seconds apart; the server may ask for two minutes. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofMinutes(2));

  private static final int MOST_DOUBLINGS = 20;

  /** Returns the wait before a retry, counted from 0. */
  Duration before(int retry) {
    Duration wait = first.multipliedBy(1L << Math.min(retry, MOST_DOUBLINGS));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  static boolean isWorthIt(int status) {
    return switch (status) {
      case 408, 429, 500, 502, 503, 504 -> true;
      default -> false;
    };
  }
}

package dev.vlm4j.zoo.hub;

import java.time.Duration;

/** The retries that one download has left. Not thread-safe. */
final class Retries {
  private final RetryPolicy policy;
  private final int most;
  private int failed;

  private Retries(RetryPolicy policy, int most) {
    this.policy = policy;
    this.most = most;
  }

  static Retries of(RetryPolicy policy) {
    return new Retries(policy, policy.tries());
  }

  static Retries none(RetryPolicy policy) {
    return new Retries(policy, 0);
  }

  /** Counts a failure; returns whether another try is allowed. */
  boolean fail() {
    failed++;
    return failed <= most;
  }

  /** Returns the wait after the last failure. */
  Duration pause() {
    return policy.before(Math.max(0, failed - 1));
  }

  /** Enough has come to call the download alive. */
  void reset() {
    failed = 0;
  }
}

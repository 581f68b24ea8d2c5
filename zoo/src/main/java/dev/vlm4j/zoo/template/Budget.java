package dev.vlm4j.zoo.template;

/** What one render may still spend, and the line it is at. Confined to one thread. */
final class Budget {
  private static final int CLOCK_INTERVAL = 1024;
  private static final int CHARS_PER_STEP = 256;
  private static final int TOTAL_CHARS_FACTOR = 8;

  private final Limits limits;
  private final long deadline;
  private final long maxTotalChars;
  private long steps;
  private long untilClock = CLOCK_INTERVAL;
  private long totalChars;
  private int depth;
  private int line = 1;

  Budget(Limits limits) {
    this.limits = limits;
    this.deadline = System.nanoTime() + limits.maxTime().toNanos();
    this.maxTotalChars = (long) limits.maxChars() * TOTAL_CHARS_FACTOR;
  }

  void at(int newLine) {
    line = newLine;
    steps(1);
  }

  int line() {
    return line;
  }

  void steps(long count) {
    steps += count;
    if (steps > limits.maxSteps()) {
      throw exceeded("more than " + limits.maxSteps() + " steps");
    }
    untilClock -= count;
    if (untilClock < 0) {
      checkClock();
    }
  }

  private void checkClock() {
    untilClock = CLOCK_INTERVAL;
    if (System.nanoTime() - deadline > 0) {
      throw exceeded("longer than " + limits.maxTime());
    }
  }

  /** Called before {@code count} characters join a string that then has {@code newLength}. */
  void chars(long count, long newLength) {
    totalChars += count;
    if (newLength > limits.maxChars()) {
      throw exceeded("a text longer than " + limits.maxChars() + " characters");
    }
    if (totalChars > maxTotalChars) {
      throw exceeded("more than " + maxTotalChars + " characters of text in all");
    }
    if (count >= CHARS_PER_STEP) {
      steps(count / CHARS_PER_STEP);
    }
  }

  void enter() {
    depth++;
    if (depth > limits.maxDepth()) {
      throw exceeded("nesting deeper than " + limits.maxDepth());
    }
  }

  void leave() {
    depth--;
  }

  int maxRange() {
    return limits.maxRange();
  }

  private static TemplateException exceeded(String what) {
    return TemplateException.of(
        TemplateException.Code.LIMIT, "the template needs " + what + ", the render was stopped");
  }
}

package dev.vlm4j.spi;

/**
 * How far an engine's result may lie from the expected one: {@code |actual - expected| <= absolute
 * + relative * |expected|}.
 *
 * @param absolute at least 0
 * @param relative at least 0
 * @param reason why this and not a tighter one
 */
public record Tolerance(double absolute, double relative, String reason) {
  /** Rejects negative bounds and missing reasons. */
  public Tolerance {
    if (absolute < 0 || relative < 0 || reason.isBlank()) {
      throw new IllegalArgumentException("a tolerance needs bounds from 0 and a reason");
    }
  }

  /** Returns whether a result is near enough; infinities and NaN fit only themselves. */
  public boolean accepts(float expected, float actual) {
    if (Float.compare(expected, actual) == 0) {
      return true;
    }
    return Math.abs((double) actual - expected) <= limit(expected);
  }

  /** Returns the largest difference that is allowed to a number of that size. */
  public double limit(double expected) {
    return absolute + relative * Math.abs(expected);
  }

  @Override
  public String toString() {
    return "absolute " + absolute + ", relative " + relative + " (" + reason + ")";
  }
}

package dev.vlm4j.backend.reference;

/** Gauss's error function, which the JDK lacks. */
final class ErrorFunction {
  /** From here on the result is 1 in double precision. */
  private static final double SATURATED = 6;

  private ErrorFunction() {}

  /**
   * Returns erf(x) with the relative error of some double roundings.
   *
   * <p>Kummer's series {@code 2 / sqrt(pi) exp(-x^2) sum x (2 x^2)^n / (1 3 5 ... (2 n + 1))}: all
   * terms have one sign, so nothing cancels.
   */
  static double erf(double x) {
    if (Double.isNaN(x) || Math.abs(x) >= SATURATED) {
      return Double.isNaN(x) ? x : Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.ulp(sum) / 2; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }
}

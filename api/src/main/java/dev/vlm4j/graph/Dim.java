package dev.vlm4j.graph;

import org.jspecify.annotations.Nullable;

/**
 * Length of one axis: fixed, or a linear function of a symbol that each run gives a value.
 *
 * <p>The length is {@code symbol * multiplier / divisor + offset}, or {@code offset} without a
 * symbol.
 *
 * @param symbol name of the symbol, or null for a fixed length
 * @param multiplier at least 1; 1 without a symbol
 * @param divisor at least 1; 1 without a symbol; a run whose symbol it does not divide is an error
 * @param offset added last; the whole length of a fixed dimension
 */
public record Dim(@Nullable String symbol, long multiplier, long divisor, long offset) {
  /** Rejects lengths that no run could have. */
  public Dim {
    if (multiplier < 1 || divisor < 1) {
      throw new IllegalArgumentException("multiplier and divisor must be at least 1");
    }
    if (symbol == null && offset < 0) {
      throw new IllegalArgumentException("a fixed length must not be negative: " + offset);
    }
  }

  /** Returns a fixed length of {@code n} elements, {@code n >= 0}. */
  public static Dim fixed(long n) {
    return new Dim(null, 1, 1, n);
  }

  /** Returns the length that each run gives to {@code name}. */
  public static Dim symbol(String name) {
    return new Dim(name, 1, 1, 0);
  }

  /** Returns whether the length is the same in every run. */
  public boolean isFixed() {
    return symbol == null;
  }

  /** Returns whether this is a bare symbol without arithmetic. */
  public boolean isPlainSymbol() {
    return symbol != null && multiplier == 1 && divisor == 1 && offset == 0;
  }

  /** Returns the fixed length; an error for a symbolic one. */
  public long size() {
    if (symbol != null) {
      throw new IllegalStateException("symbolic dimension " + this + " has no fixed size");
    }
    return offset;
  }

  /** Returns this length times {@code factor}. */
  public Dim times(long factor) {
    if (symbol == null) {
      return fixed(offset * factor);
    }
    long common = gcd(multiplier * factor, divisor);
    return new Dim(symbol, multiplier * factor / common, divisor / common, offset * factor);
  }

  /** Returns this length divided by {@code factor}, which must divide every fixed part. */
  public Dim dividedBy(long factor) {
    if (factor < 1 || offset % factor != 0) {
      throw new IllegalArgumentException(this + " is not divisible by " + factor);
    }
    if (symbol == null) {
      return fixed(offset / factor);
    }
    long common = gcd(multiplier, divisor * factor);
    return new Dim(symbol, multiplier / common, divisor * factor / common, offset / factor);
  }

  /** Returns this length plus a fixed number of elements, which may be negative. */
  public Dim plus(long elements) {
    return new Dim(symbol, multiplier, divisor, offset + elements);
  }

  /**
   * Returns the length in a run where the symbol has the value {@code symbolValue}.
   *
   * @throws IllegalArgumentException if the divisor does not divide, or the result is negative
   */
  public long evaluate(long symbolValue) {
    if (symbol == null) {
      return offset;
    }
    long scaled = symbolValue * multiplier;
    if (scaled % divisor != 0 || scaled / divisor + offset < 0) {
      throw new IllegalArgumentException(
          "dimension " + this + " is impossible with " + symbol + " = " + symbolValue);
    }
    return scaled / divisor + offset;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  @Override
  public String toString() {
    if (symbol == null) {
      return Long.toString(offset);
    }
    String scaled =
        symbol + (multiplier == 1 ? "" : "*" + multiplier) + (divisor == 1 ? "" : "/" + divisor);
    return offset == 0 ? scaled : scaled + (offset > 0 ? "+" : "") + offset;
  }
}

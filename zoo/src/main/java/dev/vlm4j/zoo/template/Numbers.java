package dev.vlm4j.zoo.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Python's numbers and their text. */
final class Numbers {
  private static final int MAX_DIGITS = 17;

  private Numbers() {}

  static boolean isNumber(Value value) {
    return value instanceof IntValue || value instanceof FloatValue || value instanceof BoolValue;
  }

  static boolean isInteger(Value value) {
    return value instanceof IntValue || value instanceof BoolValue;
  }

  static boolean isNan(Value value) {
    return value instanceof FloatValue number && Double.isNaN(number.value());
  }

  static long integer(Value value) {
    return value instanceof BoolValue bool ? (bool.isTrue() ? 1 : 0) : ((IntValue) value).value();
  }

  /** An argument that must be an integer. */
  static long index(Value value) {
    if (isInteger(value)) {
      return integer(value);
    }
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    throw TemplateException.evaluation("a " + Types.name(value) + " is not an integer");
  }

  static double asDouble(Value value) {
    return value instanceof FloatValue number ? number.value() : (double) integer(value);
  }

  /** Python's {@code repr} of a float: the shortest digits that read back as the same number. */
  static String text(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(number);
    String sign = shortest.signum() < 0 ? "-" : "";
    return sign + layOut(shortest.abs().stripTrailingZeros());
  }

  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 1; digits < MAX_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == number) {
        return rounded;
      }
    }
    return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
  }

  private static String layOut(BigDecimal number) {
    String digits = number.unscaledValue().toString();
    int exponent = digits.length() - number.scale() - 1;
    if (exponent < -4 || exponent >= 16) {
      String rest = digits.length() > 1 ? "." + digits.substring(1) : "";
      String sign = exponent < 0 ? "-" : "+";
      String magnitude = Integer.toString(Math.abs(exponent));
      String padded = magnitude.length() < 2 ? "0" + magnitude : magnitude;
      return digits.charAt(0) + rest + "e" + sign + padded;
    }
    String plain = number.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }
}

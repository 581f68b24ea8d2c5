package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.CallArguments.Bound;
import dev.vlm4j.zoo.template.Filters.Filter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that make numbers. */
final class NumberFilters {
  private static final double TWO_TO_63 = 0x1p63;
  private static final int MAX_PRECISION = 400;

  /** How often a text is looked through to find the number in it. */
  private static final int COST_OF_PARSING = 3;

  private NumberFilters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "int", NumberFilters::toInt,
        "float", NumberFilters::toFloat,
        "abs", NumberFilters::abs,
        "round", NumberFilters::round,
        "sum", NumberFilters::sum);
  }

  private static Value toInt(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("int", 0, "default", "base");
    Value fallback = bound.or(0, new IntValue(0));
    if (input instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (Numbers.isInteger(input)) {
      return new IntValue(Numbers.integer(input));
    }
    if (input instanceof FloatValue number) {
      // Python's filter catches what int() says to NaN, but not what it says to infinity.
      if (Double.isInfinite(number.value())) {
        throw TemplateException.evaluation("infinity has no integer");
      }
      return truncate(number.value(), fallback);
    }
    return input instanceof Str text
        ? parseInt(text, bound.integer(1, 10), fallback, budget)
        : fallback;
  }

  private static Value truncate(double number, Value fallback) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return fallback;
    }
    if (Math.abs(number) >= TWO_TO_63) {
      throw TemplateException.unsupported("an integer beyond 64 bits");
    }
    return new IntValue((long) number);
  }

  private static Value parseInt(Str text, long base, Value fallback, Budget budget) {
    budget.chars((long) text.units() * COST_OF_PARSING, 0);
    if (base != 10) {
      throw TemplateException.unsupported("the filter 'int' with base " + base);
    }
    String digits = stripped(text);
    if (digits.matches("[+-]?[0-9]+(_[0-9]+)*")) {
      return parseDigits(digits.replace("_", ""));
    }
    Double number = parseDouble(text);
    return number == null ? fallback : truncate(number, fallback);
  }

  private static String stripped(Str text) {
    return StringEdits.strip(text, null, true, true).text();
  }

  private static Value parseDigits(String digits) {
    try {
      return new IntValue(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      throw TemplateException.unsupported("an integer beyond 64 bits");
    }
  }

  private static @Nullable Double parseDouble(Str text) {
    String number = stripped(text);
    String lower = number.toLowerCase(Locale.ROOT);
    if (lower.matches("[+-]?(inf|infinity)")) {
      return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (lower.matches("[+-]?nan")) {
      return Double.NaN;
    }
    String digits = "[0-9]+(_[0-9]+)*";
    boolean valid =
        lower.matches(
            "[+-]?("
                + digits
                + "(\\.("
                + digits
                + ")?)?|\\."
                + digits
                + ")(e[+-]?"
                + digits
                + ")?");
    if (!valid && number.codePoints().anyMatch(c -> c > 0x7f && Character.isDigit(c))) {
      throw TemplateException.unsupported("numbers in other digits than 0 to 9");
    }
    return valid ? (Double) Double.parseDouble(lower.replace("_", "")) : null;
  }

  private static Value toFloat(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("float", 0, "default");
    Value fallback = bound.or(0, new FloatValue(0));
    if (input instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (Numbers.isNumber(input)) {
      return new FloatValue(Numbers.asDouble(input));
    }
    if (!(input instanceof Str text)) {
      return fallback;
    }
    budget.chars((long) text.units() * COST_OF_PARSING, 0);
    Double number = parseDouble(text);
    return number == null ? fallback : new FloatValue(number);
  }

  private static Value abs(Value input, CallArguments arguments, Budget budget) {
    arguments.bind("abs", 0);
    if (input instanceof FloatValue number) {
      return new FloatValue(Math.abs(number.value()));
    }
    long number = Numbers.index(input);
    return number < 0 ? Arithmetic.negate(new IntValue(number), true) : new IntValue(number);
  }

  private static Value round(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("round", 0, "precision", "method");
    String method = bound.has(1) ? bound.string(1).text() : "common";
    if (method.equals("common") && bound.has(0) && !bound.given(0)) {
      return toInteger(roundHalfEven(input, 0));
    }
    long precision = bound.integer(0, 0);
    if (Math.abs(precision) > MAX_PRECISION) {
      throw TemplateException.unsupported("rounding to " + precision + " places");
    }
    return switch (method) {
      case "common" -> roundHalfEven(input, (int) precision);
      case "ceil", "floor" -> roundTo(input, (int) precision, method.equals("ceil"), budget);
      default -> throw TemplateException.evaluation("the method must be common, ceil or floor");
    };
  }

  private static Value toInteger(Value number) {
    if (!(number instanceof FloatValue real)) {
      return number;
    }
    if (Double.isNaN(real.value()) || Double.isInfinite(real.value())) {
      throw TemplateException.evaluation("NaN and infinity have no integer");
    }
    return truncate(real.value(), number);
  }

  private static Value roundHalfEven(Value input, int precision) {
    if (input instanceof FloatValue number) {
      boolean finite = !Double.isNaN(number.value()) && !Double.isInfinite(number.value());
      return finite ? new FloatValue(rounded(number.value(), precision)) : number;
    }
    long number = Numbers.index(input);
    if (precision >= 0) {
      return new IntValue(number);
    }
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(precision, RoundingMode.HALF_EVEN);
    return parseDigits(rounded.toBigInteger().toString());
  }

  private static double rounded(double number, int precision) {
    double result =
        new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).doubleValue();
    return result == 0 ? Math.copySign(0.0, number) : result;
  }

  /** Python computes {@code ceil(value * 10**precision) / 10**precision}, and so must this. */
  private static Value roundTo(Value input, int precision, boolean up, Budget budget) {
    Value power =
        Arithmetic.apply(Expr.Operator.POWER, new IntValue(10), new IntValue(precision), budget);
    Value scaled = Arithmetic.apply(Expr.Operator.MULTIPLY, input, power, budget);
    if (!Numbers.isNumber(scaled)) {
      throw TemplateException.evaluation("a " + Types.name(input) + " cannot be rounded");
    }
    double value = Numbers.asDouble(scaled);
    if (!(Math.abs(value) < TWO_TO_63)) {
      throw TemplateException.unsupported("rounding so large a number");
    }
    Value whole =
        scaled instanceof FloatValue
            ? new IntValue((long) (up ? Math.ceil(value) : Math.floor(value)))
            : scaled;
    return Arithmetic.apply(Expr.Operator.DIVIDE, whole, power, budget);
  }

  private static Value sum(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("sum", 0, "attribute", "start");
    AttributePath path = bound.given(0) ? AttributePath.of(bound.value(0)) : null;
    Value total = bound.or(1, new IntValue(0));
    if (total instanceof Str) {
      throw TemplateException.evaluation("sum() cannot sum strings");
    }
    for (Value item : Types.toList(input, budget)) {
      Value added = path == null ? item : path.get(item);
      total = Arithmetic.apply(Expr.Operator.ADD, total, added, budget);
    }
    return total;
  }
}

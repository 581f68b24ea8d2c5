package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.Expr.Operator;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Python's arithmetic operators; integers beyond 64 bits are refused. */
final class Arithmetic {
  private static final long EXACT_DOUBLE = 1L << 53;
  private static final int QUOTIENT_DIGITS = 60;

  private Arithmetic() {}

  static Value apply(Operator operator, Value left, Value right, Budget budget) {
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return numeric(operator, left, right);
    }
    if (left instanceof Str format && operator == Operator.MODULO) {
      return PercentFormat.apply(format, right, budget);
    }
    Value result =
        switch (operator) {
          case ADD -> concatenate(left, right, budget);
          case MULTIPLY -> repeat(left, right, budget);
          default -> null;
        };
    if (result == null) {
      throw mismatch(operator, left, right);
    }
    return result;
  }

  private static TemplateException mismatch(Operator operator, Value left, Value right) {
    if (left instanceof Undefined undefined) {
      return undefined.failure();
    }
    if (right instanceof Undefined undefined) {
      return undefined.failure();
    }
    return TemplateException.evaluation(
        "'"
            + operator.symbol()
            + "' does not take a "
            + Types.name(left)
            + " and a "
            + Types.name(right));
  }

  static Value negate(Value operand, boolean minus) {
    if (operand instanceof FloatValue number) {
      return minus ? new FloatValue(-number.value()) : number;
    }
    long number = Numbers.index(operand);
    return new IntValue(minus ? exact(() -> Math.negateExact(number)) : number);
  }

  private static @Nullable Value concatenate(Value left, Value right, Budget budget) {
    if (left instanceof Str a && right instanceof Str b) {
      return concatenateText(a, b, budget);
    }
    if (left instanceof ListValue a && right instanceof ListValue b && a.tuple() == b.tuple()) {
      budget.steps((long) a.items().size() + b.items().size());
      List<Value> items = new ArrayList<>(a.items());
      items.addAll(b.items());
      return new ListValue(items, a.tuple());
    }
    return null;
  }

  private static Value concatenateText(Str a, Str b, Budget budget) {
    boolean markup = a.markup() || b.markup();
    Str left = markup && !a.markup() ? StringCases.escape(a, budget) : a;
    Str right = markup && !b.markup() ? StringCases.escape(b, budget) : b;
    Str joined = new StrBuilder(budget).append(left).append(right).build();
    return markup ? joined.asMarkup() : joined;
  }

  private static @Nullable Value repeat(Value left, Value right, Budget budget) {
    if (Numbers.isInteger(left)) {
      return Numbers.isInteger(right) ? null : repeated(right, Numbers.integer(left), budget);
    }
    return Numbers.isInteger(right) ? repeated(left, Numbers.integer(right), budget) : null;
  }

  private static @Nullable Value repeated(Value value, long wanted, Budget budget) {
    long times = Math.max(0, wanted);
    if (value instanceof Str text) {
      StrBuilder out = new StrBuilder(budget);
      for (long i = 0; i < times && !text.isEmpty(); i++) {
        out.append(text);
        budget.steps(1);
      }
      return text.markup() ? out.build().asMarkup() : out.build();
    }
    if (value instanceof ListValue list) {
      List<Value> items = new ArrayList<>();
      for (long i = 0; i < times && !list.items().isEmpty(); i++) {
        budget.steps(list.items().size());
        items.addAll(list.items());
      }
      return new ListValue(items, list.tuple());
    }
    return null;
  }

  private static Value numeric(Operator operator, Value left, Value right) {
    if (left instanceof FloatValue || right instanceof FloatValue) {
      return new FloatValue(floats(operator, Numbers.asDouble(left), Numbers.asDouble(right)));
    }
    return integers(operator, Numbers.integer(left), Numbers.integer(right));
  }

  private static Value integers(Operator operator, long a, long b) {
    return switch (operator) {
      case ADD -> new IntValue(exact(() -> Math.addExact(a, b)));
      case SUBTRACT -> new IntValue(exact(() -> Math.subtractExact(a, b)));
      case MULTIPLY -> new IntValue(exact(() -> Math.multiplyExact(a, b)));
      case DIVIDE -> new FloatValue(quotient(a, nonZero(b)));
      case FLOOR_DIVIDE -> new IntValue(floorDivide(a, nonZero(b)));
      case MODULO -> new IntValue(Math.floorMod(a, nonZero(b)));
      case POWER -> integerPower(a, b);
    };
  }

  private static long exact(LongSupplier operation) {
    try {
      return operation.getAsLong();
    } catch (ArithmeticException e) {
      throw TemplateException.unsupported("an integer beyond 64 bits");
    }
  }

  private static long nonZero(long divisor) {
    if (divisor == 0) {
      throw TemplateException.evaluation("division by zero");
    }
    return divisor;
  }

  private static long floorDivide(long a, long b) {
    return b == -1 ? exact(() -> Math.negateExact(a)) : Math.floorDiv(a, b);
  }

  private static double quotient(long a, long b) {
    boolean exactOperands =
        a >= -EXACT_DOUBLE && a <= EXACT_DOUBLE && b >= -EXACT_DOUBLE && b <= EXACT_DOUBLE;
    if (exactOperands) {
      return (double) a / b;
    }
    return BigDecimal.valueOf(a)
        .divide(BigDecimal.valueOf(b), new MathContext(QUOTIENT_DIGITS))
        .doubleValue();
  }

  private static Value integerPower(long base, long exponent) {
    if (exponent < 0) {
      return new FloatValue(floatPower(base, exponent));
    }
    if (base == 0 || base == 1) {
      return new IntValue(exponent == 0 ? 1 : base);
    }
    if (base == -1) {
      return new IntValue(exponent % 2 == 0 ? 1 : -1);
    }
    long result = 1;
    for (long i = 0; i < exponent; i++) {
      long factor = result;
      result = exact(() -> Math.multiplyExact(factor, base));
    }
    return new IntValue(result);
  }

  private static double floats(Operator operator, double a, double b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / nonZero(b);
      case FLOOR_DIVIDE -> floorQuotient(a, nonZero(b));
      case MODULO -> modulo(a, nonZero(b));
      case POWER -> floatPower(a, b);
    };
  }

  private static double nonZero(double divisor) {
    if (divisor == 0) {
      throw TemplateException.evaluation("division by zero");
    }
    return divisor;
  }

  private static double modulo(double a, double b) {
    double remainder = a % b;
    if (remainder == 0) {
      return Math.copySign(0, b);
    }
    return remainder < 0 == b < 0 ? remainder : remainder + b;
  }

  private static double floorQuotient(double a, double b) {
    double remainder = a % b;
    double quotient = (a - remainder) / b;
    if (remainder != 0 && remainder < 0 != b < 0) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0, a / b);
    }
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  private static double floatPower(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw TemplateException.evaluation("zero cannot be raised to a negative power");
    }
    if (base < 0 && exponent != Math.rint(exponent) && !Double.isInfinite(base)) {
      throw TemplateException.unsupported("complex numbers");
    }
    double result = Math.pow(base, exponent);
    if (Double.isInfinite(result) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
      throw TemplateException.evaluation("the result of '**' is too large");
    }
    return base == 1 || exponent == 0 ? 1 : result;
  }
}

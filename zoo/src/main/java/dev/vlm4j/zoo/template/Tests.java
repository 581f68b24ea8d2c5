package dev.vlm4j.zoo.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The tests of {@code is}, {@code select} and {@code reject}. */
final class Tests {
  @FunctionalInterface
  private interface Test {
    boolean apply(Value input, CallArguments arguments, Budget budget);
  }

  @FunctionalInterface
  private interface Comparing {
    boolean test(Value input, Value other, Budget budget);
  }

  private static final Map<String, Test> ALL = new HashMap<>();

  static {
    plain("defined", value -> !(value instanceof Undefined));
    plain("undefined", value -> value instanceof Undefined);
    plain("none", value -> value instanceof NoneValue);
    plain("boolean", value -> value instanceof BoolValue);
    plain("true", value -> value == BoolValue.TRUE);
    plain("false", value -> value == BoolValue.FALSE);
    plain("integer", value -> value instanceof IntValue);
    plain("float", value -> value instanceof FloatValue);
    plain("number", Numbers::isNumber);
    plain("string", value -> value instanceof Str);
    plain("mapping", value -> value instanceof DictValue);
    plain("iterable", Types::isIterable);
    plain("sequence", Tests::isSequence);
    plain("callable", Tests::isCallable);
    plain("escaped", value -> value instanceof Str text && text.markup());
    plain("filter", value -> isName(value, Filters::isKnownToJinja));
    plain("test", value -> isName(value, Tests::has));
    ALL.put("lower", (in, args, budget) -> StringMethods.isLower(read(in, args, budget)));
    ALL.put("upper", (in, args, budget) -> StringMethods.isUpper(read(in, args, budget)));
    ALL.put("odd", (in, args, budget) -> remainder(in, 2, args, budget, 1));
    ALL.put("even", (in, args, budget) -> remainder(in, 2, args, budget, 0));
    ALL.put("divisibleby", Tests::divisible);
    ALL.put("in", Tests::in);
    comparing(Comparisons::equal, "==", "eq", "equalto");
    comparing((a, b, budget) -> !Comparisons.equal(a, b, budget), "!=", "ne");
    comparing(Comparisons::less, "<", "lt", "lessthan");
    comparing(Comparisons::lessOrEqual, "<=", "le");
    comparing((a, b, budget) -> Comparisons.less(b, a, budget), ">", "gt", "greaterthan");
    comparing((a, b, budget) -> Comparisons.lessOrEqual(b, a, budget), ">=", "ge");
    comparing(Tests::same, "sameas");
  }

  private Tests() {}

  private static void plain(String name, Predicate<Value> predicate) {
    ALL.put(
        name,
        (input, arguments, budget) -> {
          arguments.bind(name, 0);
          return predicate.test(input);
        });
  }

  private static void comparing(Comparing predicate, String... names) {
    for (String name : names) {
      ALL.put(
          name,
          (input, arguments, budget) ->
              predicate.test(input, arguments.bind(name, 1, "other").value(0), budget));
    }
  }

  static boolean has(String name) {
    return ALL.containsKey(name);
  }

  static boolean apply(String name, Value input, CallArguments arguments, Budget budget) {
    Test test = ALL.get(name);
    if (test == null) {
      throw TemplateException.unsupported("no test named '" + name + "'");
    }
    return test.apply(input, arguments, budget);
  }

  /** As Python looks the value up in a dict, what has no hash fails. */
  private static boolean isName(Value value, Predicate<String> known) {
    Keys.of(value);
    return value instanceof Str name && known.test(name.text());
  }

  private static boolean isSequence(Value value) {
    return value instanceof Str
        || value instanceof ListValue
        || value instanceof DictValue
        || value instanceof RangeValue
        || value instanceof Undefined;
  }

  private static boolean isCallable(Value value) {
    return value instanceof Function || value instanceof Undefined || value instanceof Loop;
  }

  private static String text(Value input, CallArguments arguments, Budget budget) {
    arguments.bind("the test", 0);
    return Repr.str(input, budget).text();
  }

  /** All of the text is looked through, twice. */
  private static String read(Value input, CallArguments arguments, Budget budget) {
    String text = text(input, arguments, budget);
    budget.chars(2L * text.length(), 0);
    return text;
  }

  private static boolean remainder(
      Value input, long divisor, CallArguments arguments, Budget budget, long wanted) {
    arguments.bind("the test", 0);
    return leaves(input, new IntValue(divisor), new IntValue(wanted), budget);
  }

  private static boolean leaves(Value input, Value divisor, Value wanted, Budget budget) {
    Value remainder = Arithmetic.apply(Expr.Operator.MODULO, input, divisor, budget);
    return Comparisons.equal(remainder, wanted, budget);
  }

  private static boolean divisible(Value input, CallArguments arguments, Budget budget) {
    Value divisor = arguments.bind("divisibleby", 1, "num").value(0);
    return leaves(input, divisor, new IntValue(0), budget);
  }

  private static boolean in(Value input, CallArguments arguments, Budget budget) {
    Value container = arguments.bind("in", 1, "seq").value(0);
    return Comparisons.contains(container, input, budget);
  }

  private static boolean same(Value a, Value b, Budget budget) {
    boolean singletons = List.of(a, b).stream().anyMatch(Tests::isSingleton);
    if (!singletons && a.getClass() == b.getClass() && Comparisons.equal(a, b, budget)) {
      throw TemplateException.unsupported("'sameas' between equal objects");
    }
    return singletons && a == b;
  }

  private static boolean isSingleton(Value value) {
    return value instanceof NoneValue || value instanceof BoolValue;
  }
}

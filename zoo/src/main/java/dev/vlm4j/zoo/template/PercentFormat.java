package dev.vlm4j.zoo.template;

import java.util.List;

/** The {@code %} operator of strings: %s, %r, %d, %i and %%, without width or precision. */
final class PercentFormat {
  private final Str format;
  private final List<Value> arguments;
  private final Value single;
  private final Budget budget;
  private final StrBuilder out;
  private int used;

  private PercentFormat(Str format, Value argument, Budget budget) {
    this.format = format;
    this.single = argument;
    this.arguments =
        argument instanceof ListValue list && list.tuple() ? list.items() : List.of(argument);
    this.budget = budget;
    this.out = new StrBuilder(budget);
  }

  static Str apply(Str format, Value argument, Budget budget) {
    if (format.markup()) {
      throw TemplateException.unsupported("'%' of a string marked safe");
    }
    return new PercentFormat(format, argument, budget).run();
  }

  private Str run() {
    String text = format.text();
    int done = 0;
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', done)) {
      out.append(format, done, at);
      if (at + 1 == text.length()) {
        throw TemplateException.evaluation("incomplete format");
      }
      convert(text.charAt(at + 1), at + 1);
      done = at + 2;
    }
    refuseUnused();
    return out.append(format, done, text.length()).build();
  }

  private void convert(char conversion, int at) {
    switch (conversion) {
      case '%' -> out.append(format, at, at + 1);
      case 's' -> Repr.print(next(), out, budget);
      case 'r' -> out.append(Repr.repr(next(), budget));
      case 'd', 'i' -> out.append(Long.toString(truncated(next())));
      default -> throw TemplateException.unsupported("the format '%" + conversion + "'");
    }
  }

  private Value next() {
    if (used >= arguments.size()) {
      throw TemplateException.evaluation("not enough arguments for the format string");
    }
    return arguments.get(used++);
  }

  private static long truncated(Value value) {
    if (value instanceof FloatValue number) {
      if (!(Math.abs(number.value()) < 0x1p63)) {
        throw TemplateException.unsupported("an integer beyond 64 bits");
      }
      return (long) number.value();
    }
    if (Numbers.isInteger(value)) {
      return Numbers.integer(value);
    }
    throw TemplateException.evaluation("%d needs a number, not a " + Types.name(value));
  }

  private void refuseUnused() {
    boolean lenient = single instanceof DictValue || isUnformattedList();
    if (used < arguments.size() && !(used == 0 && lenient)) {
      throw TemplateException.evaluation("not all arguments were used by the format string");
    }
  }

  /** Python lets a format string without conversions take any mapping-like object, so a list. */
  private boolean isUnformattedList() {
    boolean list = single instanceof ListValue items && !items.tuple();
    return list || single instanceof RangeValue || single instanceof Undefined;
  }
}

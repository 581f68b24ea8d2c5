package dev.vlm4j.zoo.template;

/** {@code str.format} with plain fields: {@code {}}, {@code {0}} and {@code {name}}. */
final class BraceFormat {
  private final Str format;
  private final CallArguments arguments;
  private final Budget budget;
  private final StrBuilder out;
  private int automatic;
  private boolean numbered;

  /** What looking at every character costs, in characters, beside the text that it makes. */
  private static final int COST_OF_FORMATS = 3;

  private BraceFormat(Str format, CallArguments arguments, Budget budget) {
    this.format = format;
    this.arguments = arguments;
    this.budget = budget;
    this.out = new StrBuilder(budget);
  }

  static Str apply(Str format, CallArguments arguments, Budget budget) {
    return new BraceFormat(format, arguments, budget).run();
  }

  private Str run() {
    budget.chars((long) format.units() * COST_OF_FORMATS, 0);
    String text = format.text();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        out.append(format, i, i + 1);
        i += 2;
      } else if (c == '{') {
        i = field(text, i + 1);
      } else if (c == '}') {
        throw TemplateException.evaluation("single '}' in a format string");
      } else {
        out.append(format, i, i + 1);
        i++;
      }
    }
    return out.build();
  }

  private int field(String text, int start) {
    int end = text.indexOf('}', start);
    if (end < 0) {
      throw TemplateException.evaluation("single '{' in a format string");
    }
    String name = text.substring(start, end);
    if (!name.matches("[0-9]*|[A-Za-z_][A-Za-z_0-9]*")) {
      throw TemplateException.unsupported("the format field '{" + name + "}'");
    }
    Repr.print(value(name), out, budget);
    return end + 1;
  }

  private Value value(String name) {
    if (name.isEmpty() && !numbered) {
      return positional(automatic++);
    }
    if (name.isEmpty() || Characters.isAsciiDigit(name.charAt(0))) {
      if (name.isEmpty() || automatic > 0) {
        throw TemplateException.evaluation("automatic and numbered fields are mixed");
      }
      numbered = true;
      return positional(name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name));
    }
    Value value = arguments.named().get(name);
    if (value == null) {
      throw TemplateException.evaluation("the format string needs '" + name + "'");
    }
    return value;
  }

  private Value positional(int index) {
    if (index >= arguments.positional().size()) {
      throw TemplateException.evaluation("the format string needs more arguments");
    }
    return arguments.positional().get(index);
  }
}

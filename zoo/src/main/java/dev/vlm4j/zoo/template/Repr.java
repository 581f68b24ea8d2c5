package dev.vlm4j.zoo.template;

import java.util.List;

/** Python's {@code str()} and {@code repr()}; what has no reproducible text is refused. */
final class Repr {
  /** What looking at every character costs, in characters, beside the text that it makes. */
  private static final int COST_OF_QUOTING = 3;

  private final Budget budget;
  private final StrBuilder out;

  private Repr(Budget budget, StrBuilder out) {
    this.budget = budget;
    this.out = out;
  }

  static Str str(Value value, Budget budget) {
    if (value instanceof Str text) {
      return text;
    }
    StrBuilder out = new StrBuilder(budget);
    print(value, out, budget);
    return out.build();
  }

  static Str repr(Value value, Budget budget) {
    StrBuilder out = new StrBuilder(budget);
    new Repr(budget, out).write(value);
    return out.build();
  }

  /** Appends {@code str(value)}. */
  static void print(Value value, StrBuilder out, Budget budget) {
    if (value instanceof Str text) {
      out.append(text);
    } else if (!(value instanceof Undefined)) {
      new Repr(budget, out).write(value);
    }
  }

  private void write(Value value) {
    if (value instanceof Str text) {
      quoted(text);
    } else if (value instanceof ListValue list) {
      list(list);
    } else if (value instanceof DictValue dict) {
      dict(dict);
    } else if (value instanceof DictView view) {
      out.append(view.kind().typeName()).append("(");
      sequence("[", view.elements(), "]");
      out.append(")");
    } else if (value instanceof Namespace namespace) {
      out.append("<Namespace ");
      dict(namespace.attributes());
      out.append(">");
    } else {
      out.append(scalar(value));
    }
  }

  private String scalar(Value value) {
    if (value instanceof NoneValue) {
      return "None";
    }
    if (value instanceof BoolValue bool) {
      return bool.isTrue() ? "True" : "False";
    }
    if (value instanceof IntValue number) {
      return Long.toString(number.value());
    }
    if (value instanceof FloatValue number) {
      return Numbers.text(number.value());
    }
    return object(value);
  }

  private String object(Value value) {
    if (value instanceof Undefined) {
      return "Undefined";
    }
    if (value instanceof Loop loop) {
      return "<LoopContext " + (loop.index0() + 1) + "/" + loop.length() + ">";
    }
    if (value instanceof RangeValue range) {
      String step = range.step() == 1 ? "" : ", " + range.step();
      return "range(" + range.start() + ", " + range.stop() + step + ")";
    }
    if (value instanceof Function function && function.isMacro()) {
      boolean anonymous = function.name().isEmpty();
      return anonymous ? "<Macro anonymous>" : "<Macro '" + function.name() + "'>";
    }
    throw TemplateException.unsupported(
        "printing a " + Types.name(value) + ", whose text in Python is a memory address");
  }

  private void list(ListValue list) {
    boolean single = list.tuple() && list.items().size() == 1;
    sequence(list.tuple() ? "(" : "[", list.items(), single ? ",)" : list.tuple() ? ")" : "]");
  }

  private void sequence(String open, List<Value> items, String close) {
    budget.enter();
    out.append(open);
    String separator = "";
    for (Value item : items) {
      budget.steps(1);
      out.append(separator);
      write(item);
      separator = ", ";
    }
    out.append(close);
    budget.leave();
  }

  private void dict(DictValue dict) {
    budget.enter();
    out.append("{");
    String separator = "";
    for (DictValue.Entry entry : dict.entries()) {
      budget.steps(1);
      out.append(separator);
      write(entry.key());
      out.append(": ");
      write(entry.value());
      separator = ", ";
    }
    out.append("}");
    budget.leave();
  }

  private void quoted(Str text) {
    budget.chars((long) text.units() * COST_OF_QUOTING, 0);
    if (text.markup()) {
      throw TemplateException.unsupported("the repr of a string marked safe");
    }
    char quote = text.text().indexOf('\'') >= 0 && text.text().indexOf('"') < 0 ? '"' : '\'';
    out.append(String.valueOf(quote));
    for (int i = 0; i < text.units(); ) {
      int c = text.text().codePointAt(i);
      int end = i + Character.charCount(c);
      boolean plain = c != quote && c != '\\' && Characters.isPrintable(c);
      if (plain) {
        out.append(text, i, end);
      } else {
        out.append(escape(c), text.isUser(i));
      }
      i = end;
    }
    out.append(String.valueOf(quote));
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\\', '\'', '"' -> "\\" + (char) c;
      default -> hex(c);
    };
  }

  private static String hex(int c) {
    if (c < 0x100) {
      return String.format("\\x%02x", c);
    }
    return c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c);
  }
}

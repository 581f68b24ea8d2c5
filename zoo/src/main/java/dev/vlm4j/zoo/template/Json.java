package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's {@code json.dumps}; user text keeps its mark, quotes and braces have none. */
final class Json {
  /**
   * How to write.
   *
   * @param indent one level's indentation, or null for a single line
   */
  record Style(
      boolean ascii,
      @Nullable String indent,
      String itemSeparator,
      String keySeparator,
      boolean sortKeys) {}

  private final Style style;
  private final Budget budget;
  private final StrBuilder out;
  private int level;

  private Json(Style style, Budget budget) {
    this.style = style;
    this.budget = budget;
    this.out = new StrBuilder(budget);
  }

  static Str write(Value value, Style style, Budget budget) {
    Json json = new Json(style, budget);
    json.value(value);
    return json.out.build();
  }

  private void value(Value value) {
    budget.steps(1);
    if (value instanceof Str text) {
      string(text);
    } else if (value instanceof ListValue list) {
      list(list.items());
    } else if (value instanceof DictValue dict) {
      dict(dict);
    } else {
      out.append(scalar(value));
    }
  }

  private static String scalar(Value value) {
    if (value instanceof NoneValue) {
      return "null";
    }
    if (value instanceof BoolValue bool) {
      return bool.isTrue() ? "true" : "false";
    }
    if (value instanceof IntValue number) {
      return Long.toString(number.value());
    }
    if (value instanceof FloatValue number) {
      return number(number.value());
    }
    throw TemplateException.evaluation("a " + Types.name(value) + " is not JSON serializable");
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    return Numbers.text(number);
  }

  private void list(List<Value> items) {
    if (items.isEmpty()) {
      out.append("[]");
      return;
    }
    open("[");
    for (int i = 0; i < items.size(); i++) {
      separate(i);
      value(items.get(i));
    }
    close("]");
  }

  private void dict(DictValue dict) {
    if (dict.size() == 0) {
      out.append("{}");
      return;
    }
    List<DictValue.Entry> entries = new ArrayList<>(dict.entries());
    if (style.sortKeys()) {
      Sorting.sort(entries, DictValue.Entry::key, false, budget);
    }
    open("{");
    for (int i = 0; i < entries.size(); i++) {
      separate(i);
      string(key(entries.get(i).key()));
      out.append(style.keySeparator());
      value(entries.get(i).value());
    }
    close("}");
  }

  private static Str key(Value key) {
    if (key instanceof Str text) {
      return text;
    }
    if (key instanceof NoneValue || Numbers.isNumber(key)) {
      return Str.of(scalar(key));
    }
    throw TemplateException.evaluation("a " + Types.name(key) + " cannot be a JSON key");
  }

  private void open(String bracket) {
    budget.enter();
    out.append(bracket);
    level++;
    newLine();
  }

  private void separate(int index) {
    if (index > 0) {
      out.append(style.itemSeparator());
      newLine();
    }
  }

  private void close(String bracket) {
    level--;
    newLine();
    out.append(bracket);
    budget.leave();
  }

  private void newLine() {
    if (style.indent() != null) {
      out.append("\n");
      for (int i = 0; i < level; i++) {
        out.append(style.indent());
      }
    }
  }

  private void string(Str text) {
    out.append("\"");
    int done = 0;
    for (int i = 0; i < text.units(); i++) {
      String escape = escape(text.text().charAt(i));
      if (escape != null) {
        out.append(text, done, i).append(escape, text.isUser(i));
        done = i + 1;
      }
    }
    out.append(text, done, text.units()).append("\"");
  }

  private @Nullable String escape(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> c < 0x20 || (style.ascii() && c > 0x7e) ? String.format("\\u%04x", (int) c) : null;
    };
  }
}

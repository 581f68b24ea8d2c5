package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.CallArguments.Bound;
import dev.vlm4j.zoo.template.Filters.Filter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Filters that make strings. */
final class TextFilters {
  /** What finding words costs, in characters. */
  private static final int COST_OF_WORDS = 3;

  private TextFilters() {}

  static Map<String, Filter> all() {
    return Map.ofEntries(
        Map.entry("string", (in, args, budget) -> none("string", args, text(in, budget))),
        Map.entry("safe", (in, args, budget) -> none("safe", args, text(in, budget).asMarkup())),
        Map.entry("e", TextFilters::escape),
        Map.entry("escape", TextFilters::escape),
        Map.entry("upper", change(StringCases::upper)),
        Map.entry("lower", change(StringCases::lower)),
        Map.entry("capitalize", change(StringCases::capitalize)),
        Map.entry("title", change(StringCases::titleWords)),
        Map.entry("trim", TextFilters::trim),
        Map.entry("replace", TextFilters::replace),
        Map.entry("join", TextFilters::join),
        Map.entry("indent", TextFilters::indent),
        Map.entry("format", TextFilters::format),
        Map.entry("center", TextFilters::center),
        Map.entry("truncate", TextFilters::truncate),
        Map.entry("wordcount", TextFilters::wordCount),
        Map.entry("tojson", TextFilters::toJson));
  }

  private static Value none(String name, CallArguments arguments, Value result) {
    arguments.bind(name, 0);
    return result;
  }

  private static Str text(Value value, Budget budget) {
    return Repr.str(value, budget);
  }

  private static Value escape(Value input, CallArguments arguments, Budget budget) {
    return none("escape", arguments, StringCases.escape(text(input, budget), budget));
  }

  @FunctionalInterface
  private interface Change {
    Str apply(Str text, Budget budget);
  }

  private static Filter change(Change change) {
    return (input, arguments, budget) -> {
      arguments.bind("the filter", 0);
      return change.apply(text(input, budget), budget);
    };
  }

  private static Value trim(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("trim", 0, "chars");
    String characters = bound.given(0) ? bound.string(0).text() : null;
    return StringEdits.strip(text(input, budget), characters, true, true);
  }

  private static Value replace(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("replace", 2, "old", "new", "count");
    Str old = text(bound.value(0), budget);
    Str replacement = text(bound.value(1), budget);
    long count = bound.given(2) ? bound.integer(2) : -1;
    return StringEdits.replace(text(input, budget).asPlain(), old, replacement, count, budget);
  }

  private static Value join(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("join", 0, "d", "attribute");
    Str separator = bound.has(0) ? text(bound.value(0), budget) : Str.EMPTY;
    Iterator<Value> items = Types.iterate(input);
    AttributePath path = bound.given(1) ? AttributePath.of(bound.value(1)) : null;
    return StringEdits.join(separator, path == null ? items : path.over(items), true, budget);
  }

  private static Value indent(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("indent", 0, "width", "first", "blank");
    Str text = plainInput("indent", input);
    Str indention = indention(bound, budget);
    boolean first = bound.truth(1, false);
    boolean blank = bound.truth(2, false);
    Str ended = new StrBuilder(budget).append(text).append("\n").build();
    StrBuilder out = new StrBuilder(budget);
    List<Value> lines = StringSplits.lines(ended, false, budget);
    for (int i = 0; i < lines.size(); i++) {
      Str line = (Str) lines.get(i);
      boolean indented = i == 0 ? first : blank || !line.isEmpty();
      out.append(i == 0 ? "" : "\n").append(indented ? indention : Str.EMPTY).append(line);
    }
    return out.build();
  }

  private static Str indention(Bound bound, Budget budget) {
    if (bound.has(0) && bound.value(0) instanceof Str text) {
      return text;
    }
    return StringEdits.pad(Str.EMPTY, bound.integer(0, 4), 0, Str.of(" "), budget);
  }

  private static Str plainInput(String filter, Value input) {
    if (input instanceof Str text && !text.markup()) {
      return text;
    }
    if (input instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (input instanceof Str) {
      throw TemplateException.unsupported("'" + filter + "' of a string marked safe");
    }
    throw TemplateException.evaluation(
        "'" + filter + "' needs a string, not a " + Types.name(input));
  }

  private static Value format(Value input, CallArguments arguments, Budget budget) {
    if (!arguments.named().isEmpty()) {
      throw TemplateException.unsupported("the filter 'format' with named arguments");
    }
    ListValue values = ListValue.tuple(arguments.positional());
    return PercentFormat.apply(text(input, budget), values, budget);
  }

  private static Value center(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("center", 0, "width");
    return StringEdits.center(
        text(input, budget).asPlain(), bound.integer(0, 80), Str.of(" "), budget);
  }

  private static Value truncate(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("truncate", 0, "length", "killwords", "end", "leeway");
    Str end = bound.has(2) ? bound.string(2) : Str.of("...");
    long length = bound.integer(0, 255);
    long leeway = bound.given(3) ? bound.integer(3) : 5;
    if (length < end.length() || leeway < 0) {
      throw TemplateException.evaluation("'truncate' is shorter than its ending");
    }
    if (Types.length(input) <= length + leeway) {
      return input;
    }
    Str text = plainInput("truncate", input);
    Str kept = text.units(0, text.unitOf((int) length - end.length()));
    int space = kept.text().lastIndexOf(' ');
    boolean whole = bound.truth(1, false) || space < 0;
    return new StrBuilder(budget).append(kept, 0, whole ? kept.units() : space).append(end).build();
  }

  private static Value wordCount(Value input, CallArguments arguments, Budget budget) {
    arguments.bind("wordcount", 0);
    int words = 0;
    boolean inWord = false;
    Str text = text(input, budget);
    budget.chars((long) text.units() * COST_OF_WORDS, 0);
    for (int c : text.codePoints()) {
      boolean part = c == '_' || Characters.isAlphanumeric(c);
      words += part && !inWord ? 1 : 0;
      inWord = part;
    }
    return new IntValue(words);
  }

  private static Value toJson(Value input, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
    String indent = bound.given(1) ? jsonIndent(bound.value(1)) : null;
    String itemSeparator = indent == null ? ", " : ",";
    String keySeparator = ": ";
    if (bound.given(2)) {
      Value[] pair = Unpacking.exactly(bound.value(2), 2, budget);
      itemSeparator = separator(pair[0]);
      keySeparator = separator(pair[1]);
    }
    boolean ascii = bound.truth(0, false);
    boolean sort = bound.truth(3, false);
    return Json.write(
        input, new Json.Style(ascii, indent, itemSeparator, keySeparator, sort), budget);
  }

  private static String jsonIndent(Value value) {
    if (value instanceof Str text) {
      return text.text();
    }
    return " ".repeat(Slicing.clamp(Math.max(0, Numbers.index(value)), 1000));
  }

  private static String separator(Value value) {
    if (value instanceof Str text) {
      return text.text();
    }
    throw TemplateException.evaluation("separators of 'tojson' must be strings");
  }
}

package dev.vlm4j.zoo.template;

import dev.vlm4j.zoo.template.CallArguments.Bound;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str}. */
final class StringMethods {
  /** A method with its object. */
  @FunctionalInterface
  private interface Method {
    Value call(Str self, CallArguments arguments, Budget budget);
  }

  private static final Map<String, Method> METHODS =
      Map.ofEntries(
          Map.entry("upper", bare(StringCases::upper)),
          Map.entry("lower", bare(StringCases::lower)),
          Map.entry("capitalize", bare(StringCases::capitalize)),
          Map.entry("title", bare(StringCases::title)),
          Map.entry("swapcase", bare(StringCases::swap)),
          Map.entry("strip", (self, args, budget) -> strip(self, args, true, true)),
          Map.entry("lstrip", (self, args, budget) -> strip(self, args, true, false)),
          Map.entry("rstrip", (self, args, budget) -> strip(self, args, false, true)),
          Map.entry("split", StringMethods::split),
          Map.entry("rsplit", StringMethods::splitFromEnd),
          Map.entry("splitlines", StringMethods::lines),
          Map.entry("partition", (self, args, budget) -> partition(self, args, false)),
          Map.entry("rpartition", (self, args, budget) -> partition(self, args, true)),
          Map.entry("replace", StringMethods::replace),
          Map.entry("join", StringMethods::join),
          Map.entry("find", (self, args, budget) -> new IntValue(find(self, args, false))),
          Map.entry("rfind", (self, args, budget) -> new IntValue(find(self, args, true))),
          Map.entry("index", (self, args, budget) -> index(self, args, false)),
          Map.entry("rindex", (self, args, budget) -> index(self, args, true)),
          Map.entry("count", StringMethods::count),
          Map.entry("startswith", (self, args, budget) -> affix(self, args, true)),
          Map.entry("endswith", (self, args, budget) -> affix(self, args, false)),
          Map.entry("removeprefix", StringMethods::removePrefix),
          Map.entry("removesuffix", StringMethods::removeSuffix),
          Map.entry("center", StringMethods::center),
          Map.entry("ljust", StringMethods::padRight),
          Map.entry("rjust", StringMethods::padLeft),
          Map.entry("zfill", StringMethods::zeroFill),
          Map.entry("isdigit", (self, args, budget) -> all(self, args, Characters::isDigit)),
          Map.entry("isdecimal", (self, args, budget) -> all(self, args, Character::isDigit)),
          Map.entry("isalpha", (self, args, budget) -> all(self, args, Character::isLetter)),
          Map.entry("isalnum", (self, args, budget) -> all(self, args, Characters::isAlphanumeric)),
          Map.entry("isspace", (self, args, budget) -> all(self, args, Characters::isSpace)),
          Map.entry("islower", (self, args, budget) -> BoolValue.of(isLower(self.text()))),
          Map.entry("isupper", (self, args, budget) -> BoolValue.of(isUpper(self.text()))),
          Map.entry("format", BraceFormat::apply));

  /** Methods of Python that are refused by name instead of being taken for missing. */
  private static final Set<String> REFUSED =
      Set.of(
          "casefold",
          "encode",
          "expandtabs",
          "format_map",
          "isascii",
          "isidentifier",
          "isnumeric",
          "isprintable",
          "istitle",
          "maketrans",
          "translate");

  private StringMethods() {}

  static @Nullable Function find(Str self, String name) {
    if (REFUSED.contains(name)) {
      throw TemplateException.unsupported("the string method '" + name + "'");
    }
    Method method = METHODS.get(name);
    if (method == null) {
      return null;
    }
    if (self.markup()) {
      throw TemplateException.unsupported("the method '" + name + "' of a string marked safe");
    }
    return Function.of(name, (arguments, budget) -> run(method, self, arguments, budget));
  }

  private static Value run(Method method, Str self, CallArguments arguments, Budget budget) {
    budget.chars(self.units(), 0);
    return method.call(self, arguments, budget);
  }

  /** A change of the whole string without arguments. */
  @FunctionalInterface
  private interface Change {
    Str apply(Str self, Budget budget);
  }

  private static Method bare(Change change) {
    return (self, arguments, budget) -> {
      arguments.positional("the method", 0, 0);
      return change.apply(self, budget);
    };
  }

  private static Value strip(Str self, CallArguments arguments, boolean start, boolean end) {
    Bound bound = arguments.positional("strip", 0, 1);
    return StringEdits.strip(self, bound.given(0) ? bound.string(0).text() : null, start, end);
  }

  private static Value split(Str self, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("split", 0, "sep", "maxsplit");
    long max = bound.integer(1, -1);
    return ListValue.list(
        bound.given(0)
            ? StringSplits.bySeparator(self, bound.string(0).text(), max, budget)
            : StringSplits.bySpace(self, max, budget));
  }

  private static Value splitFromEnd(Str self, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("rsplit", 0, "sep", "maxsplit");
    long max = bound.integer(1, -1);
    return ListValue.list(
        bound.given(0)
            ? StringSplits.bySeparatorFromEnd(self, bound.string(0).text(), max, budget)
            : StringSplits.bySpaceFromEnd(self, max, budget));
  }

  private static Value lines(Str self, CallArguments arguments, Budget budget) {
    Bound bound = arguments.bind("splitlines", 0, "keepends");
    return ListValue.list(StringSplits.lines(self, bound.flag(0), budget));
  }

  private static Value partition(Str self, CallArguments arguments, boolean fromEnd) {
    Str separator = arguments.positional("partition", 1, 1).string(0);
    int at =
        fromEnd ? self.text().lastIndexOf(separator.text()) : self.text().indexOf(separator.text());
    return StringSplits.partition(self, at, separator, fromEnd);
  }

  private static Value replace(Str self, CallArguments arguments, Budget budget) {
    Bound bound = arguments.positional("replace", 2, 3);
    return StringEdits.replace(
        self, bound.string(0), bound.string(1), bound.integer(2, -1), budget);
  }

  private static Value join(Str self, CallArguments arguments, Budget budget) {
    Bound bound = arguments.positional("join", 1, 1);
    return StringEdits.join(self, Types.iterate(bound.value(0)), false, budget);
  }

  /** The UTF-16 offsets that two optional code point arguments select. */
  private static int[] window(Str self, Bound bound, int first) {
    int length = self.length();
    int start = Slicing.clamp(bound.given(first) ? bound.integer(first) : 0, length);
    int end = Slicing.clamp(bound.given(first + 1) ? bound.integer(first + 1) : length, length);
    boolean outside = bound.given(first) && bound.integer(first) > length;
    return start > end || outside ? new int[0] : new int[] {self.unitOf(start), self.unitOf(end)};
  }

  private static long find(Str self, CallArguments arguments, boolean last) {
    Bound bound = arguments.positional("find", 1, 3);
    String part = bound.string(0).text();
    int[] window = window(self, bound, 1);
    if (window.length == 0) {
      return -1;
    }
    String searched = self.text().substring(window[0], window[1]);
    int at = last ? searched.lastIndexOf(part) : searched.indexOf(part);
    return at < 0 ? -1 : self.indexOf(at + window[0]);
  }

  private static Value index(Str self, CallArguments arguments, boolean last) {
    long at = find(self, arguments, last);
    if (at < 0) {
      throw TemplateException.evaluation("substring not found");
    }
    return new IntValue(at);
  }

  private static Value count(Str self, CallArguments arguments, Budget budget) {
    Bound bound = arguments.positional("count", 1, 3);
    int[] window = window(self, bound, 1);
    if (window.length == 0) {
      return new IntValue(0);
    }
    String searched = self.text().substring(window[0], window[1]);
    return new IntValue(StringEdits.occurrences(searched, bound.string(0).text()));
  }

  private static Value affix(Str self, CallArguments arguments, boolean prefix) {
    Bound bound = arguments.positional("startswith", 1, 3);
    int[] window = window(self, bound, 1);
    String searched = window.length == 0 ? null : self.text().substring(window[0], window[1]);
    if (bound.value(0) instanceof ListValue choices && choices.tuple()) {
      boolean found = false;
      for (Value choice : choices.items()) {
        found |= hasAffix(searched, choice, prefix);
      }
      return BoolValue.of(found);
    }
    return BoolValue.of(hasAffix(searched, bound.value(0), prefix));
  }

  private static boolean hasAffix(@Nullable String text, Value affix, boolean prefix) {
    if (!(affix instanceof Str part)) {
      throw TemplateException.evaluation(
          "startswith and endswith need strings, not a " + Types.name(affix));
    }
    if (text == null) {
      return false;
    }
    return prefix ? text.startsWith(part.text()) : text.endsWith(part.text());
  }

  private static Value removePrefix(Str self, CallArguments arguments, Budget budget) {
    Str prefix = arguments.positional("removeprefix", 1, 1).string(0);
    boolean found = self.text().startsWith(prefix.text());
    return found ? self.units(prefix.units(), self.units()) : self;
  }

  private static Value removeSuffix(Str self, CallArguments arguments, Budget budget) {
    Str suffix = arguments.positional("removesuffix", 1, 1).string(0);
    boolean found = self.text().endsWith(suffix.text());
    return found ? self.units(0, self.units() - suffix.units()) : self;
  }

  private static Str fill(Bound bound) {
    Str fill = bound.has(1) ? bound.string(1) : Str.of(" ");
    if (fill.length() != 1) {
      throw TemplateException.evaluation("the fill character must be one character");
    }
    return fill;
  }

  private static Value center(Str self, CallArguments arguments, Budget budget) {
    Bound bound = arguments.positional("center", 1, 2);
    return StringEdits.center(self, bound.integer(0), fill(bound), budget);
  }

  private static Value padRight(Str self, CallArguments arguments, Budget budget) {
    Bound bound = arguments.positional("ljust", 1, 2);
    return StringEdits.pad(self, 0, bound.integer(0) - self.length(), fill(bound), budget);
  }

  private static Value padLeft(Str self, CallArguments arguments, Budget budget) {
    Bound bound = arguments.positional("rjust", 1, 2);
    return StringEdits.pad(self, bound.integer(0) - self.length(), 0, fill(bound), budget);
  }

  private static Value zeroFill(Str self, CallArguments arguments, Budget budget) {
    long missing = arguments.positional("zfill", 1, 1).integer(0) - self.length();
    boolean signed = self.text().startsWith("-") || self.text().startsWith("+");
    Str sign = self.units(0, signed ? 1 : 0);
    Str digits = self.units(sign.units(), self.units());
    Str padded = StringEdits.pad(digits, missing, 0, Str.of("0"), budget);
    return new StrBuilder(budget).append(sign).append(padded).build();
  }

  private static Value all(Str self, CallArguments arguments, IntPredicate predicate) {
    arguments.positional("the method", 0, 0);
    return BoolValue.of(!self.isEmpty() && self.text().codePoints().allMatch(predicate));
  }

  static boolean isLower(String text) {
    return text.codePoints().anyMatch(Character::isLowerCase)
        && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
  }

  static boolean isUpper(String text) {
    return text.codePoints().anyMatch(Character::isUpperCase)
        && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
  }
}

package dev.vlm4j.zoo.template;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Stripping, replacing, joining and padding. */
final class StringEdits {
  private StringEdits() {}

  /** Strips white space, or the given characters. */
  static Str strip(Str text, @Nullable String characters, boolean start, boolean end) {
    int from = 0;
    int to = text.units();
    while (end && to > 0 && strippable(text.text().codePointBefore(to), characters)) {
      to -= Character.charCount(text.text().codePointBefore(to));
    }
    while (start && from < to && strippable(text.text().codePointAt(from), characters)) {
      from += Character.charCount(text.text().codePointAt(from));
    }
    return text.units(from, to);
  }

  private static boolean strippable(int c, @Nullable String characters) {
    return characters == null ? Characters.isSpace(c) : characters.indexOf(c) >= 0;
  }

  static Str replace(Str text, Str old, Str replacement, long count, Budget budget) {
    if (old.isEmpty()) {
      return interleave(text, replacement, count, budget);
    }
    StrBuilder out = new StrBuilder(budget);
    int done = 0;
    int at = text.text().indexOf(old.text());
    for (long i = 0; at >= 0 && i != count; i++) {
      budget.steps(1);
      out.append(text, done, at).append(replacement);
      done = at + old.units();
      at = text.text().indexOf(old.text(), done);
    }
    return out.append(text, done, text.units()).build();
  }

  private static Str interleave(Str text, Str replacement, long count, Budget budget) {
    StrBuilder out = new StrBuilder(budget);
    int at = 0;
    for (long i = 0; i != count && at <= text.units(); i++) {
      budget.steps(1);
      out.append(replacement);
      if (at == text.units()) {
        return out.build();
      }
      int end = at + Character.charCount(text.text().codePointAt(at));
      out.append(text, at, end);
      at = end;
    }
    return out.append(text, at, text.units()).build();
  }

  /** Joins strings; {@code convert} turns other values into strings first, else they fail. */
  static Str join(Str separator, Iterator<Value> items, boolean convert, Budget budget) {
    StrBuilder out = new StrBuilder(budget);
    boolean first = true;
    while (items.hasNext()) {
      budget.steps(1);
      Value item = items.next();
      if (!first) {
        out.append(separator);
      }
      first = false;
      if (!convert && !(item instanceof Str)) {
        throw TemplateException.evaluation("join needs strings, not a " + Types.name(item));
      }
      Repr.print(item, out, budget);
    }
    return out.build();
  }

  static Str pad(Str text, long before, long after, Str fill, Budget budget) {
    StrBuilder out = new StrBuilder(budget);
    repeat(out, fill, before, budget);
    out.append(text);
    repeat(out, fill, after, budget);
    return out.build();
  }

  private static void repeat(StrBuilder out, Str fill, long times, Budget budget) {
    for (long i = 0; i < times; i++) {
      budget.steps(1);
      out.append(fill);
    }
  }

  static Str center(Str text, long width, Str fill, Budget budget) {
    long space = width - text.length();
    if (space <= 0) {
      return text;
    }
    long left = space / 2 + (space & width & 1);
    return pad(text, left, space - left, fill, budget);
  }

  static int occurrences(String text, String part) {
    if (part.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1;
    }
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }
}

package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Python's ways to cut a string in pieces. */
final class StringSplits {
  private StringSplits() {}

  static List<Value> bySeparator(Str text, String separator, long max, Budget budget) {
    requireSeparator(separator);
    List<Value> pieces = new ArrayList<>();
    int done = 0;
    int at = text.text().indexOf(separator);
    while (at >= 0 && (max < 0 || pieces.size() < max)) {
      budget.steps(1);
      pieces.add(text.units(done, at));
      done = at + separator.length();
      at = text.text().indexOf(separator, done);
    }
    pieces.add(text.units(done, text.units()));
    return pieces;
  }

  static List<Value> bySeparatorFromEnd(Str text, String separator, long max, Budget budget) {
    requireSeparator(separator);
    List<Value> pieces = new ArrayList<>();
    int done = text.units();
    int at = lastIndexBefore(text, separator, done);
    while (at >= 0 && (max < 0 || pieces.size() < max)) {
      budget.steps(1);
      pieces.add(text.units(at + separator.length(), done));
      done = at;
      at = lastIndexBefore(text, separator, done);
    }
    pieces.add(text.units(0, done));
    Collections.reverse(pieces);
    return pieces;
  }

  private static int lastIndexBefore(Str text, String separator, int end) {
    int latest = end - separator.length();
    return latest < 0 ? -1 : text.text().lastIndexOf(separator, latest);
  }

  private static void requireSeparator(String separator) {
    if (separator.isEmpty()) {
      throw TemplateException.evaluation("empty separator");
    }
  }

  static List<Value> bySpace(Str text, long max, Budget budget) {
    List<Value> pieces = new ArrayList<>();
    String all = text.text();
    int start = Characters.stripStart(all, 0, all.length());
    while (start < all.length()) {
      budget.steps(1);
      if (max >= 0 && pieces.size() == max) {
        pieces.add(text.units(start, all.length()));
        break;
      }
      int end = start;
      while (end < all.length() && !Characters.isSpace(all.charAt(end))) {
        end++;
      }
      pieces.add(text.units(start, end));
      start = Characters.stripStart(all, end, all.length());
    }
    return pieces;
  }

  static List<Value> bySpaceFromEnd(Str text, long max, Budget budget) {
    List<Value> pieces = new ArrayList<>();
    String all = text.text();
    int end = Characters.stripEnd(all, 0, all.length());
    while (end > 0) {
      budget.steps(1);
      if (max >= 0 && pieces.size() == max) {
        pieces.add(text.units(0, end));
        break;
      }
      int start = end;
      while (start > 0 && !Characters.isSpace(all.charAt(start - 1))) {
        start--;
      }
      pieces.add(text.units(start, end));
      end = Characters.stripEnd(all, 0, start);
    }
    Collections.reverse(pieces);
    return pieces;
  }

  static List<Value> lines(Str text, boolean keepEnds, Budget budget) {
    List<Value> lines = new ArrayList<>();
    String all = text.text();
    int start = 0;
    while (start < all.length()) {
      budget.steps(1);
      int end = start;
      while (end < all.length() && !Characters.isLineBreak(all.charAt(end))) {
        end++;
      }
      int next = Math.min(end + (all.startsWith("\r\n", end) ? 2 : 1), all.length());
      lines.add(text.units(start, keepEnds ? next : end));
      start = next;
    }
    return lines;
  }

  /** Before, separator, after; {@code at} is the separator's offset or -1. */
  static Value partition(Str text, int at, Str separator, boolean fromEnd) {
    requireSeparator(separator.text());
    if (at < 0) {
      return fromEnd
          ? ListValue.tuple(Str.EMPTY, Str.EMPTY, text)
          : ListValue.tuple(text, Str.EMPTY, Str.EMPTY);
    }
    return ListValue.tuple(
        text.units(0, at), separator, text.units(at + separator.units(), text.units()));
  }
}

package dev.vlm4j.zoo.template;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Changes of case and HTML escaping; every character keeps its mark. */
final class StringCases {
  private static final int GREEK_EXTENDED = 0x1f00;
  private static final char IOTA = '\u0399';
  private static final char IOTA_BELOW = '\u0345';

  /** What piecewise work costs, in characters, beside the text that it makes. */
  private static final int COST_OF_TITLES = 6;

  private static final int COST_OF_ESCAPES = 2;
  private static final int COST_OF_LETTERS = 4;

  private StringCases() {}

  static Str upper(Str text, Budget budget) {
    budget.chars((long) text.units() * COST_OF_LETTERS, 0);
    StrBuilder out = new StrBuilder(budget);
    for (int i = 0; i < text.units(); ) {
      int c = text.text().codePointAt(i);
      out.append(Character.toString(c).toUpperCase(Locale.ROOT), text.isUser(i));
      i += Character.charCount(c);
    }
    return keepKind(text, out);
  }

  static Str lower(Str text, Budget budget) {
    budget.chars((long) text.units() * COST_OF_LETTERS, 0);
    StrBuilder out = new StrBuilder(budget);
    appendLower(text, 0, out);
    return keepKind(text, out);
  }

  /** Lowercases from an offset on; a sigma sees its neighbours in the whole text. */
  private static void appendLower(Str text, int from, StrBuilder out) {
    for (int i = from; i < text.units(); ) {
      int c = text.text().codePointAt(i);
      out.append(lower(text, i, c), text.isUser(i));
      i += Character.charCount(c);
    }
  }

  private static String lower(Str text, int at, int c) {
    if (c == 'Σ') {
      return isFinalSigma(text.text(), at) ? "ς" : "σ";
    }
    return Character.toString(c).toLowerCase(Locale.ROOT);
  }

  private static boolean isFinalSigma(String text, int at) {
    int before = at;
    int c = 0;
    do {
      if (before == 0) {
        return false;
      }
      c = text.codePointBefore(before);
      before -= Character.charCount(c);
    } while (isCaseIgnorable(c));
    return Characters.isCased(c) && !casedFollows(text, at + 1);
  }

  private static boolean casedFollows(String text, int from) {
    for (int i = from; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!isCaseIgnorable(c)) {
        return Characters.isCased(c);
      }
      i += Character.charCount(c);
    }
    return false;
  }

  private static boolean isCaseIgnorable(int c) {
    if ("'.:·’^`¨­·\u0387\u055f\u05f4".indexOf(c) >= 0) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> false;
    };
  }

  static Str capitalize(Str text, Budget budget) {
    budget.chars((long) text.units() * COST_OF_LETTERS, 0);
    if (text.isEmpty()) {
      return text;
    }
    StrBuilder out = new StrBuilder(budget);
    int first = text.text().codePointAt(0);
    out.append(titleCase(first), text.isUser(0));
    appendLower(text, Character.charCount(first), out);
    return keepKind(text, out);
  }

  private static String titleCase(int c) {
    String upper = Character.toString(c).toUpperCase(Locale.ROOT);
    boolean single = upper.codePointCount(0, upper.length()) == 1;
    if (single || Character.isTitleCase(c) || Character.toTitleCase(c) != c) {
      return Character.toString(Character.toTitleCase(c));
    }
    if (c >= GREEK_EXTENDED && upper.charAt(upper.length() - 1) == IOTA) {
      return upper.substring(0, upper.length() - 1) + IOTA_BELOW;
    }
    int head = Character.charCount(upper.codePointAt(0));
    return Characters.isCased(upper.codePointAt(0))
        ? upper.substring(0, head) + upper.substring(head).toLowerCase(Locale.ROOT)
        : upper;
  }

  /** Python's {@code str.title}: a letter after a caseless character starts a word. */
  static Str title(Str text, Budget budget) {
    budget.chars((long) text.units() * COST_OF_LETTERS, 0);
    StrBuilder out = new StrBuilder(budget);
    boolean inWord = false;
    for (int i = 0; i < text.units(); ) {
      int c = text.text().codePointAt(i);
      out.append(inWord ? lower(text, i, c) : titleCase(c), text.isUser(i));
      inWord = Characters.isCased(c);
      i += Character.charCount(c);
    }
    return keepKind(text, out);
  }

  /** Jinja's {@code title} filter: words start after white space, hyphens and brackets. */
  static Str titleWords(Str text, Budget budget) {
    budget.chars((long) text.units() * COST_OF_TITLES, 0);
    StrBuilder out = new StrBuilder(budget);
    for (int i = 0; i < text.units(); ) {
      int end = pieceEnd(text.text(), i);
      int first = text.text().codePointAt(i);
      out.append(Character.toString(first).toUpperCase(Locale.ROOT), text.isUser(i));
      appendLower(text.units(i + Character.charCount(first), end), 0, out);
      i = end;
    }
    return keepKind(text, out);
  }

  /** The end of the run of delimiters or of other characters that starts at an offset. */
  private static int pieceEnd(String text, int start) {
    boolean delimiter = isDelimiter(text.charAt(start));
    int end = start;
    while (end < text.length() && isDelimiter(text.charAt(end)) == delimiter) {
      end++;
    }
    return end;
  }

  private static boolean isDelimiter(char c) {
    return Characters.isSpace(c) || "-({[<".indexOf(c) >= 0;
  }

  static Str swap(Str text, Budget budget) {
    budget.chars((long) text.units() * COST_OF_LETTERS, 0);
    StrBuilder out = new StrBuilder(budget);
    for (int i = 0; i < text.units(); ) {
      int c = text.text().codePointAt(i);
      out.append(swapped(text, i, c), text.isUser(i));
      i += Character.charCount(c);
    }
    return keepKind(text, out);
  }

  /** Letters in title case, which are neither large nor small, stay. */
  private static String swapped(Str text, int at, int c) {
    if (Character.isUpperCase(c)) {
      return lower(text, at, c);
    }
    String letter = Character.toString(c);
    return Character.isLowerCase(c) ? letter.toUpperCase(Locale.ROOT) : letter;
  }

  static Str escape(Str text, Budget budget) {
    if (text.markup()) {
      return text;
    }
    budget.chars((long) text.units() * COST_OF_ESCAPES, 0);
    StrBuilder out = new StrBuilder(budget);
    for (int i = 0; i < text.units(); i++) {
      String entity = entity(text.text().charAt(i));
      if (entity == null) {
        out.append(text, i, i + 1);
      } else {
        out.append(entity, text.isUser(i));
      }
    }
    return out.build().asMarkup();
  }

  private static @Nullable String entity(char c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '\'' -> "&#39;";
      case '"' -> "&#34;";
      default -> null;
    };
  }

  private static Str keepKind(Str text, StrBuilder out) {
    return text.markup() ? out.build().asMarkup() : out.build();
  }
}

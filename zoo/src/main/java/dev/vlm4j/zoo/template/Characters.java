package dev.vlm4j.zoo.template;

/** Character classes as Python defines them. */
final class Characters {
  /** First and last of each run of characters that are digits to Unicode, but not decimal. */
  private static final int[] OTHER_DIGITS = {
    0xb2, 0xb3, 0xb9, 0xb9, 0x1369, 0x1371, 0x19da, 0x19da, 0x2070, 0x2070, 0x2074, 0x2079, 0x2080,
    0x2089, 0x2460, 0x2468, 0x2474, 0x247c, 0x2488, 0x2490, 0x24ea, 0x24ea, 0x24f5, 0x24fd, 0x24ff,
    0x24ff, 0x2776, 0x277e, 0x2780, 0x2788, 0x278a, 0x2792, 0x10a40, 0x10a43, 0x10e60, 0x10e68,
    0x11052, 0x1105a, 0x1f100, 0x1f10a
  };

  /** Emoji of Unicode 14, which Java 17 does not know yet: first and last of each run. */
  private static final int[] LATER_EMOJI = {
    0x1f6dd, 0x1f6df, 0x1f7f0, 0x1f7f0, 0x1f979, 0x1f979, 0x1f9cc, 0x1f9cc, 0x1fa7b, 0x1fa7c,
    0x1faa9, 0x1faac, 0x1fab7, 0x1faba, 0x1fac3, 0x1fac5, 0x1fad7, 0x1fad9, 0x1fae0, 0x1fae7,
    0x1faf0, 0x1faf6
  };

  private Characters() {}

  private static boolean isIn(int c, int[] runs) {
    for (int i = 0; i < runs.length; i += 2) {
      if (c >= runs[i] && c <= runs[i + 1]) {
        return true;
      }
    }
    return false;
  }

  static boolean isSpace(int c) {
    return (c >= 0x09 && c <= 0x0d)
        || (c >= 0x1c && c <= 0x20)
        || c == 0x85
        || c == 0xa0
        || (c > 0xff && Character.isSpaceChar(c));
  }

  static boolean isAsciiDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Python's {@code str.isdigit} for one character: decimal digits, raised, circled ones too. */
  static boolean isDigit(int c) {
    return Character.isDigit(c) || isIn(c, OTHER_DIGITS);
  }

  /** Python's {@code str.isalnum} for one character: letters and all numbers. */
  static boolean isAlphanumeric(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.OTHER_NUMBER
        || Character.getType(c) == Character.LETTER_NUMBER;
  }

  /** The first offset from {@code from} that is not white space, or {@code to}. */
  static int stripStart(String text, int from, int to) {
    int i = from;
    while (i < to && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The offset after the last character before {@code to} that is not white space. */
  static int stripEnd(String text, int from, int to) {
    int i = to;
    while (i > from && isSpace(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  /** Python's {@code str.isprintable} for one character. */
  static boolean isPrintable(int c) {
    if (c == ' ' || isIn(c, LATER_EMOJI)) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  static boolean isCased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  /** A character after which {@code str.splitlines} breaks. */
  static boolean isLineBreak(int c) {
    return (c >= 0x0a && c <= 0x0d)
        || (c >= 0x1c && c <= 0x1e)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }
}

package dev.vlm4j.models.florence2;

/** Rules of Python for texts that differ from those of Java. */
final class PythonText {
  private static final int NEXT_LINE = 0x85;
  private static final int LAST_ASCII = 0x7F;

  private PythonText() {}

  static String strip(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return stripLeading(text.substring(0, end));
  }

  static String stripLeading(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    return text.substring(start);
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || codePoint == NEXT_LINE;
  }

  /** Leaves out everything that is not ASCII. */
  static String ascii(String text) {
    return text.codePoints()
        .filter(codePoint -> codePoint <= LAST_ASCII)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}

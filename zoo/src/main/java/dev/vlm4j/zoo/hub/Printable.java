package dev.vlm4j.zoo.hub;

/** Makes text of others fit for a message: one line, no control characters, bounded. */
final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .map(c -> Character.isISOControl(c) || isLayout(c) ? '?' : c)
        .forEach(line::appendCodePoint);
    return text.length() > LONGEST ? line + "..." : line.toString();
  }

  /** Line separators and marks that reverse the direction of writing. */
  private static boolean isLayout(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}

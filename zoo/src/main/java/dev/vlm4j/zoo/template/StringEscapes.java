package dev.vlm4j.zoo.template;

/** Decodes string literals the way Python's {@code unicode-escape} codec does. */
final class StringEscapes {
  private final String raw;
  private final int line;
  private final StringBuilder out = new StringBuilder();
  private int pos;

  private StringEscapes(String raw, int line) {
    this.raw = raw;
    this.line = line;
  }

  static String decode(String literal, int line) {
    if (literal.indexOf('\\') < 0) {
      return literal;
    }
    StringEscapes escapes = new StringEscapes(literal, line);
    escapes.run();
    return escapes.out.toString();
  }

  private void run() {
    while (pos < raw.length()) {
      char c = raw.charAt(pos++);
      if (c == '\\') {
        escape();
      } else {
        out.append(c);
      }
    }
  }

  private void escape() {
    int c = raw.codePointAt(pos);
    pos += Character.charCount(c);
    switch (c) {
      case '\n' -> {}
      case '\\', '\'', '"' -> out.append((char) c);
      case 'a' -> out.append('\u0007');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'v' -> out.append('\u000b');
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      case 'N' -> throw TemplateException.unsupported(line, "\\N{...} in a string");
      default -> other(c);
    }
  }

  private void other(int c) {
    if (c >= '0' && c <= '7') {
      octal(c - '0');
    } else {
      out.append('\\').append(asciiForm(c));
    }
  }

  /** Jinja makes the literal ASCII before it decodes, so a backslash hides the first escape. */
  private static String asciiForm(int c) {
    if (c < 0x80) {
      return Character.toString(c);
    }
    if (c < 0x100) {
      return String.format("x%02x", c);
    }
    return c < 0x10000 ? String.format("u%04x", c) : String.format("U%08x", c);
  }

  private void octal(int first) {
    int value = first;
    for (int i = 0; i < 2 && pos < raw.length(); i++) {
      int digit = raw.charAt(pos) - '0';
      if (digit < 0 || digit > 7) {
        break;
      }
      value = value * 8 + digit;
      pos++;
    }
    out.append((char) value);
  }

  private void hex(int digits) {
    if (pos + digits > raw.length()) {
      throw truncated(digits);
    }
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(raw.charAt(pos++), 16);
      if (digit < 0 || value > 0x10ffff) {
        throw truncated(digits);
      }
      value = value * 16 + digit;
    }
    if (!Character.isValidCodePoint(value)) {
      throw truncated(digits);
    }
    if (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE) {
      // Python keeps even a pair as two halves, which no tokenizer reads; Java would join them.
      throw TemplateException.unsupported(line, "half a character in a string: write it whole");
    }
    out.appendCodePoint(value);
  }

  private TemplateException truncated(int digits) {
    return TemplateException.syntax(line, "an escape of " + digits + " hex digits is malformed");
  }
}

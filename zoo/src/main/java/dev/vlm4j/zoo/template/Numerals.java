package dev.vlm4j.zoo.template;

import java.util.Locale;

/** Reads integer literals. */
final class Numerals {
  private Numerals() {}

  static Value integer(Token token) {
    String text = token.text().toLowerCase(Locale.ROOT);
    try {
      return new IntValue(parse(text));
    } catch (NumberFormatException e) {
      throw TemplateException.unsupported(
          token.line(), "the integer " + token.text() + " does not fit 64 bits");
    }
  }

  private static long parse(String text) {
    if (text.startsWith("0x")) {
      return Long.parseLong(text.substring(2), 16);
    }
    if (text.startsWith("0o")) {
      return Long.parseLong(text.substring(2), 8);
    }
    return text.startsWith("0b") ? Long.parseLong(text.substring(2), 2) : Long.parseLong(text);
  }
}

package dev.vlm4j.models.florence2;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON without spaces and beyond ASCII, as Python's {@code json.dumps} writes it. */
final class JsonText {
  private static final int HEX = 16;

  private JsonText() {}

  static String of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> of(entry.getKey()) + ":" + of(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof Integer ? value.toString() : quoted((String) value);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      int named = "\b\f\n\r\t\"\\".indexOf(c);
      if (named >= 0) {
        json.append('\\').append("bfnrt\"\\".charAt(named));
      } else if (c < ' ' || c > '~') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  static String unescape(String json) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        text.append(c);
      } else if (json.charAt(++i) == 'u') {
        text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), HEX));
        i += 4;
      } else {
        text.append("\b\f\n\r\t\"\\".charAt("bfnrt\"\\".indexOf(json.charAt(i))));
      }
    }
    return text.toString();
  }
}

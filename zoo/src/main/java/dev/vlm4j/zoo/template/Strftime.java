package dev.vlm4j.zoo.template;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** The date formats of C's {@code strftime} in the C locale. */
final class Strftime {
  private Strftime() {}

  static String format(String pattern, LocalDateTime time) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '%') {
        out.append(c);
      } else {
        boolean unpadded = pattern.startsWith("-", i + 1);
        i += unpadded ? 2 : 1;
        char conversion = i < pattern.length() ? pattern.charAt(i) : 0;
        String field = field(conversion, time);
        out.append(unpadded ? withoutPadding(field) : field);
      }
    }
    return out.toString();
  }

  private static String withoutPadding(String field) {
    return field.replaceFirst("^[0 ]+(?=.)", "");
  }

  private static String field(char conversion, LocalDateTime time) {
    return switch (conversion) {
      case '%' -> "%";
      case 'Y' -> String.format("%d", time.getYear());
      case 'y' -> two(time.getYear() % 100);
      case 'm' -> two(time.getMonthValue());
      case 'd' -> two(time.getDayOfMonth());
      case 'e' -> String.format("%2d", time.getDayOfMonth());
      case 'j' -> String.format("%03d", time.getDayOfYear());
      case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'F' -> format("%Y-%m-%d", time);
      case 'D' -> format("%m/%d/%y", time);
      case 'T' -> format("%H:%M:%S", time);
      case 'R' -> format("%H:%M", time);
      default -> clock(conversion, time);
    };
  }

  private static String clock(char conversion, LocalDateTime time) {
    return switch (conversion) {
      case 'H' -> two(time.getHour());
      case 'I' -> two((time.getHour() + 11) % 12 + 1);
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'M' -> two(time.getMinute());
      case 'S' -> two(time.getSecond());
      case 'f' -> String.format("%06d", time.getNano() / 1000);
      case 'z', 'Z' -> "";
      default -> throw TemplateException.unsupported("the date format '%" + conversion + "'");
    };
  }

  private static String two(int number) {
    return String.format("%02d", number);
  }
}

package dev.vlm4j.conformance.processors;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts and ids in the form in which they are recorded. */
final class Shortened {
  private static final int RUN = 4;
  private static final Pattern TOKEN = Pattern.compile("<[^<>]+>");

  private Shortened() {}

  /** Returns a text with runs of equal tokens as {@code TOKEN{COUNT}}. */
  static String text(String text) {
    StringBuilder shorter = new StringBuilder();
    Matcher token = TOKEN.matcher(text);
    int at = 0;
    while (token.find(at)) {
      int end = token.end();
      while (text.startsWith(token.group(), end)) {
        end += token.group().length();
      }
      int count = (end - token.start()) / token.group().length();
      shorter.append(text, at, token.start());
      shorter.append(
          count < RUN ? text.substring(token.start(), end) : token.group() + "{" + count + "}");
      at = end;
    }
    return shorter.append(text.substring(at)).toString();
  }

  /** Returns ids as words, runs of equal ones as {@code IDxCOUNT}. */
  static String ids(List<Integer> ids) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= ids.size(); i++) {
      if (i == ids.size() || !ids.get(i).equals(ids.get(start))) {
        int count = i - start;
        for (int j = 0; count < RUN && j < count; j++) {
          words.add(String.valueOf(ids.get(start)));
        }
        if (count >= RUN) {
          words.add(ids.get(start) + "x" + count);
        }
        start = i;
      }
    }
    return String.join(" ", words);
  }
}

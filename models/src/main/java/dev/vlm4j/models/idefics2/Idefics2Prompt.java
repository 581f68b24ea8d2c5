package dev.vlm4j.models.idefics2;

import dev.vlm4j.models.towers.ImagePlaceholders;
import dev.vlm4j.spi.TextPart;
import java.util.ArrayList;
import java.util.List;

/**
 * The text that stands for pictures: placeholders between two fake tokens, of which neighbours
 * share one; a word right after such a token gets a space in front.
 *
 * @param tokens placeholder tokens of one view of a picture
 * @param splits whether a picture has four parts beside the whole
 */
record Idefics2Prompt(int tokens, boolean splits) {
  static final String FAKE = "<fake_token_around_image>";
  static final String IMAGE = "<image>";
  private static final int PARTS = 4;

  /** Returns how often a picture is shown. */
  int views() {
    return splits ? PARTS + 1 : 1;
  }

  List<TextPart> expand(List<TextPart> rendered, int pictures) {
    String picture = (FAKE + IMAGE.repeat(tokens) + FAKE).repeat(views());
    List<TextPart> expanded =
        joined(new ImagePlaceholders(IMAGE).expand(rendered, pictures, image -> picture));
    List<TextPart> separated = new ArrayList<>();
    for (int i = 0; i < expanded.size(); i++) {
      TextPart part = expanded.get(i);
      String next = i + 1 < expanded.size() ? expanded.get(i + 1).text() : "";
      separated.add(part.fromUser() ? part : new TextPart(separated(part.text(), next), false));
    }
    return separated;
  }

  /** A fake token may begin in one part of the template and its neighbour in the next. */
  private static List<TextPart> joined(List<TextPart> parts) {
    List<TextPart> joined = new ArrayList<>();
    for (TextPart part : parts) {
      int last = joined.size() - 1;
      if (part.text().isEmpty()) {
        continue;
      }
      if (last >= 0 && joined.get(last).fromUser() == part.fromUser()) {
        joined.set(last, new TextPart(joined.get(last).text() + part.text(), part.fromUser()));
      } else {
        joined.add(part);
      }
    }
    return joined;
  }

  private static String separated(String text, String next) {
    String shared = text.replace(FAKE + FAKE, FAKE);
    StringBuilder spaced = new StringBuilder();
    int start = 0;
    int found = shared.indexOf(FAKE);
    while (found >= 0) {
      int end = found + FAKE.length();
      String after = end < shared.length() ? shared.substring(end) : next;
      spaced.append(shared, start, end).append(startsWord(after) ? " " : "");
      start = end;
      found = shared.indexOf(FAKE, end);
    }
    return spaced.append(shared.substring(start)).toString();
  }

  private static boolean startsWord(String text) {
    if (text.isEmpty()) {
      return false;
    }
    int first = text.codePointAt(0);
    return first != '<' && !isSpace(first);
  }

  /** What Python's regular expressions call white space. */
  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || codePoint == 0x85;
  }
}

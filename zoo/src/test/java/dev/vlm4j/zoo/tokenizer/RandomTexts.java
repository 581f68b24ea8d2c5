package dev.vlm4j.zoo.tokenizer;

import java.util.List;

/** The texts of {@code tokenizer_fuzz.py}, which makes them in the same way. */
final class RandomTexts {
  static final int IN_A_BLOCK = 500;

  private static final List<String> WORDS =
      List.of(
          "the",
          "user",
          "assistant",
          "system",
          "image",
          "end",
          "turn",
          "http://",
          "im_start",
          "don't",
          "I'm",
          "0x1F",
          "3.14");
  private static final List<String> BREAKS =
      List.of(
          "\n", "\r\n", "\t", "  ", "\u00a0", "\u3000", "\n\n\n", "\r", "    ", "\u200b", "\u2028",
          " \n");
  private static final List<String> EMOJI =
      List.of(
          "\uD83D\uDE00",
          "\uD83D\uDC68\u200d\uD83D\uDC69\u200d\uD83D\uDC67",
          "\uD83D\uDC4D\uD83C\uDFFD",
          "\u2764\ufe0f",
          "\uD83C\uDDE9\uD83C\uDDEA",
          "\u2615",
          "\uD83E\uDDD1\u200d\uD83D\uDE80");
  private static final int SURROGATES = 0xD800;

  private long state;

  RandomTexts(int block) {
    this.state = (block + 1) * 0x9E3779B97F4A7C15L + 1;
  }

  String next() {
    StringBuilder text = new StringBuilder();
    for (int left = below(24); left > 0; left--) {
      piece(text);
    }
    return text.toString();
  }

  private void piece(StringBuilder text) {
    int kind = below(14);
    switch (kind) {
      case 0, 1 -> text.append((char) ("aA".charAt(kind) + below(26)));
      case 2, 3 -> text.append((char) ("zZ".charAt(kind - 2) - below(26)));
      case 4 -> text.append(' ');
      case 5 -> text.append((char) ('0' + below(10)));
      case 6 -> text.append((char) (33 + below(94)));
      case 7 -> text.append(BREAKS.get(below(BREAKS.size())));
      case 8 -> text.append((char) (0xC0 + below(0xC0)));
      case 9 -> text.append((char) (0x4E00 + below(0x51A5)));
      case 10 -> text.append(EMOJI.get(below(EMOJI.size())));
      case 11 -> text.append((char) (0x300 + below(0x70)));
      case 12 -> {
        int point = below(0x12000);
        text.appendCodePoint(point >= SURROGATES ? point + 0x800 : point);
      }
      default -> text.append(WORDS.get(below(WORDS.size())));
    }
  }

  private int below(int limit) {
    state ^= state << 13;
    state ^= state >>> 7;
    state ^= state << 17;
    return (int) ((state >>> 33) % limit);
  }
}

package dev.vlm4j.zoo.tokenizer;

import dev.vlm4j.spi.TextPart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a rendered prompt at the special tokens that its template wrote; the longest match wins. */
final class SpecialTokenSplitter {
  /**
   * A special token, or the text between two.
   *
   * @param text the text; of a token its content
   * @param token the token, or null for text
   */
  record Piece(String text, @Nullable AddedToken token) {}

  private final List<AddedToken> longestFirst;

  SpecialTokenSplitter(Collection<AddedToken> added) {
    this.longestFirst =
        added.stream()
            .filter(AddedToken::special)
            .filter(token -> !token.content().isEmpty())
            .sorted(Comparator.comparingInt((AddedToken token) -> -token.content().length()))
            .toList();
  }

  List<Piece> split(List<TextPart> parts) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    boolean strip = false;
    for (TextPart part : merge(parts)) {
      if (part.fromUser()) {
        text.append(strip && text.isEmpty() ? stripLeading(part.text()) : part.text());
        continue;
      }
      int at = 0;
      while (at < part.text().length()) {
        AddedToken token = tokenAt(part.text(), at);
        if (token != null) {
          flush(text, token.lstrip(), pieces);
          pieces.add(new Piece(token.content(), token));
          at += token.content().length();
          strip = token.rstrip();
        } else {
          int codePoint = part.text().codePointAt(at);
          if (!strip || !text.isEmpty() || !isSpace(codePoint)) {
            text.appendCodePoint(codePoint);
          }
          at += Character.charCount(codePoint);
        }
      }
    }
    flush(text, false, pieces);
    return pieces;
  }

  /** A token may begin in one template part and end in the next. */
  private static List<TextPart> merge(List<TextPart> parts) {
    List<TextPart> merged = new ArrayList<>();
    for (TextPart part : parts) {
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last).fromUser() == part.fromUser()) {
        String joined = merged.get(last).text() + part.text();
        merged.set(last, new TextPart(joined, part.fromUser()));
      } else {
        merged.add(part);
      }
    }
    return merged;
  }

  private @Nullable AddedToken tokenAt(String text, int at) {
    for (AddedToken token : longestFirst) {
      if (text.startsWith(token.content(), at)) {
        return token;
      }
    }
    return null;
  }

  private static String stripLeading(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  private static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** White space as Unicode has it, and so the tokenizers of the reference; Java's is another. */
  private static boolean isSpace(int c) {
    boolean separator = c >= 0x1C && c <= 0x1F;
    return !separator && (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085');
  }

  private static void flush(StringBuilder text, boolean strip, List<Piece> pieces) {
    String piece = strip ? stripTrailing(text.toString()) : text.toString();
    if (!piece.isEmpty()) {
      pieces.add(new Piece(piece, null));
    }
    text.setLength(0);
  }
}

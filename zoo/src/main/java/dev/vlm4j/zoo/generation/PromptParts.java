package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.ModelInputs.Kind;
import dev.vlm4j.api.ModelInputs.Part;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.zoo.tokenizer.EncodedPiece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums the tokens of pictures up, for people. The placeholder is the special token that a prompt
 * has exactly as often as its pictures have tokens.
 */
final class PromptParts {
  private static final int NONE = -1;

  private final List<ProcessedImages.Size> pictures;
  private final int placeholder;
  private final List<Part> parts = new ArrayList<>();
  private int picture;
  private int left;

  private PromptParts(List<EncodedPiece> pieces, ProcessedImages images) {
    this.pictures = images.sizes();
    this.placeholder = placeholder(pieces, images.tokens());
  }

  static List<Part> of(List<EncodedPiece> pieces, ProcessedImages images) {
    PromptParts sums = new PromptParts(pieces, images);
    sums.nextPicture(0);
    pieces.forEach(sums::add);
    return sums.parts;
  }

  private static int placeholder(List<EncodedPiece> pieces, int tokens) {
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    pieces.stream()
        .filter(piece -> piece.kind() == EncodedPiece.Kind.SPECIAL)
        .forEach(piece -> counts.merge(piece.ids()[0], 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(count -> tokens > 0 && count.getValue() == tokens)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(NONE);
  }

  private void nextPicture(int index) {
    picture = index;
    left = index < pictures.size() ? pictures.get(index).tokens() : 0;
    if (left == 0 && index < pictures.size()) {
      nextPicture(index + 1);
    }
  }

  private void add(EncodedPiece piece) {
    switch (piece.kind()) {
      case TEXT -> parts.add(new Part(Kind.TEXT, piece.text(), piece.ids().length, NONE));
      case FRAME -> parts.add(new Part(Kind.FRAME, piece.text(), 1, NONE));
      case SPECIAL -> {
        if (piece.ids()[0] == placeholder) {
          addPictureToken(piece.text());
        } else {
          parts.add(new Part(Kind.SPECIAL, piece.text(), 1, NONE));
        }
      }
    }
  }

  private void addPictureToken(String text) {
    int last = parts.size() - 1;
    if (last >= 0 && parts.get(last).picture() == picture) {
      parts.set(last, new Part(Kind.PICTURE, text, parts.get(last).tokens() + 1, picture));
    } else {
      parts.add(new Part(Kind.PICTURE, text, 1, picture));
    }
    left--;
    if (left == 0) {
      nextPicture(picture + 1);
    }
  }
}

package dev.vlm4j.zoo.tokenizer;

/**
 * A piece of a prompt and its ids.
 *
 * @param kind what it is
 * @param text its text
 * @param ids its ids, one for everything but text; not copied
 */
public record EncodedPiece(Kind kind, String text, int[] ids) {
  /** What a piece is. */
  public enum Kind {
    /** Text between special tokens. */
    TEXT,
    /** A special token of the prompt. */
    SPECIAL,
    /** A special token that belongs around every prompt. */
    FRAME
  }

  static EncodedPiece text(String text, int[] ids) {
    return new EncodedPiece(Kind.TEXT, text, ids);
  }

  static EncodedPiece special(String text, int id) {
    return new EncodedPiece(Kind.SPECIAL, text, new int[] {id});
  }

  static EncodedPiece frame(String text, int id) {
    return new EncodedPiece(Kind.FRAME, text, new int[] {id});
  }
}

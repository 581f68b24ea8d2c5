package dev.vlm4j.api;

/** One part of a message. */
public sealed interface Content {
  /**
   * Plain text. It never becomes a special token, whatever it contains.
   *
   * @param text the text
   */
  record Text(String text) implements Content {}

  /**
   * A picture.
   *
   * @param image the picture
   */
  record Picture(Image image) implements Content {}
}

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
   * @param options how large it is presented
   */
  record Picture(Image image, ImageOptions options) implements Content {
    /** A picture as the checkpoint's settings present it. */
    public Picture(Image image) {
      this(image, ImageOptions.NONE);
    }
  }
}

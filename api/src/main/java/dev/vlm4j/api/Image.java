package dev.vlm4j.api;

import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.file.Path;

/**
 * A picture of a prompt, not decoded yet: reading happens when the prompt is used, so that a
 * missing or broken file fails there with a typed error, and so does a file or an address that the
 * model's picture policy does not allow. Immutable unless the caller changes what it refers to.
 */
public sealed interface Image {
  /** A picture file. */
  record File(Path path) implements Image {}

  /** The bytes of a picture file; the array is not copied. */
  record Bytes(byte[] bytes) implements Image {}

  /** A decoded picture; transparency is dropped. */
  record Pixels(BufferedImage image) implements Image {}

  /** A picture behind an http or https address; fetched only if the model's policy allows it. */
  record Url(URI address) implements Image {}

  /** Returns the picture in a file: PNG, JPEG, GIF, BMP, TIFF or WebP, told by its content. */
  static Image of(Path path) {
    return new File(path);
  }

  /** Returns the picture in the bytes of a file. */
  static Image of(byte[] bytes) {
    return new Bytes(bytes);
  }

  /** Returns a picture that is in memory already. */
  static Image of(BufferedImage image) {
    return new Pixels(image);
  }

  /**
   * Returns the picture in the base64 text of a file, with or without the head of a {@code data:}
   * URI. Line breaks are skipped, anything else that is no base64 is refused.
   *
   * @throws dev.vlm4j.error.VlmException {@code INVALID_ARGUMENT} if the text is empty or malformed
   */
  static Image ofBase64(String text) {
    return ImageUri.base64(text);
  }

  /**
   * Returns the picture behind a {@code data:}, {@code file:}, {@code http:} or {@code https:} URI.
   *
   * @throws dev.vlm4j.error.VlmException {@code INVALID_ARGUMENT} if it is malformed or has another
   *     scheme
   */
  static Image ofUri(String uri) {
    return ImageUri.parse(uri);
  }
}

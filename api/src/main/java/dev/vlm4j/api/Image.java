package dev.vlm4j.api;

import java.awt.image.BufferedImage;
import java.nio.file.Path;

/**
 * A picture of a prompt, not decoded yet: reading happens when the prompt is used, so that a
 * missing or broken file fails there with a typed error. Immutable unless the caller changes what
 * it refers to.
 */
public sealed interface Image {
  /** A picture file. */
  record File(Path path) implements Image {}

  /** The bytes of a picture file; the array is not copied. */
  record Bytes(byte[] bytes) implements Image {}

  /** A decoded picture; transparency is dropped. */
  record Pixels(BufferedImage image) implements Image {}

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
}

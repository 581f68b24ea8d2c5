package dev.vlm4j.zoo.image;

/** A picture that breaks its format; the message continues "The picture cannot be read:". */
final class UnreadableImageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableImageException(String message) {
    super(message);
  }
}

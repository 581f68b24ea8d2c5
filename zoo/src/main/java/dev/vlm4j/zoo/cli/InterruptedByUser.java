package dev.vlm4j.zoo.cli;

/** The user ended the program while it was working. */
final class InterruptedByUser extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InterruptedByUser() {
    super("interrupted");
  }
}

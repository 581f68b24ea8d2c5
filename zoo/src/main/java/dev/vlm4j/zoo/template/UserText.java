package dev.vlm4j.zoo.template;

import java.util.Objects;

/**
 * Marks a string of the render context as written by the user. The mark follows its characters
 * through every operation of the template. Immutable and thread-safe.
 *
 * @param text any text; it is never evaluated as a template
 */
public record UserText(String text) {
  /** Checks the text. */
  public UserText {
    Objects.requireNonNull(text, "text");
  }
}

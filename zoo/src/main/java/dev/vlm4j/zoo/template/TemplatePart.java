package dev.vlm4j.zoo.template;

import java.util.Objects;

/**
 * A run of rendered text of one origin. Immutable and thread-safe.
 *
 * @param text never empty
 * @param fromUser true when every character came from a {@link UserText} of the context: such text
 *     must be tokenised without recognising special tokens
 */
public record TemplatePart(String text, boolean fromUser) {
  /** Checks the text. */
  public TemplatePart {
    Objects.requireNonNull(text, "text");
  }
}

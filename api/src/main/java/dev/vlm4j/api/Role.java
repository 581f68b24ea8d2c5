package dev.vlm4j.api;

import java.util.Locale;

/** Who says a message. */
public enum Role {
  /** Instructions for the whole conversation. */
  SYSTEM,
  /** The person who asks. */
  USER,
  /** The model. */
  ASSISTANT;

  /** Returns the name that chat templates use, for example {@code user}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.vlm4j.zoo.doctor;

import java.util.Locale;

/** How good a finding is. */
public enum Health {
  /** Nothing to do. */
  OK,
  /** Works, but not for every model or not well. */
  WARNING,
  /** Does not work. */
  PROBLEM;

  /** Returns the name that results use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

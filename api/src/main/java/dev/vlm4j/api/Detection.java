package dev.vlm4j.api;

import java.util.OptionalDouble;

/**
 * Something that a model found in a picture. Immutable.
 *
 * @param label what it is, in the model's words; empty if it has no name
 * @param region where it is, in pixels of the original picture
 * @param score how sure the model is, from 0 to 1; empty if it does not say
 */
public record Detection(String label, Region region, OptionalDouble score) {
  /** Returns a detection without score. */
  public static Detection of(String label, Region region) {
    return new Detection(label, region, OptionalDouble.empty());
  }
}

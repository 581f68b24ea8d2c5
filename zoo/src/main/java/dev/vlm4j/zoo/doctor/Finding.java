package dev.vlm4j.zoo.doctor;

/**
 * Something that was looked at. Immutable; contains no token.
 *
 * @param name what was looked at, for example {@code java} or {@code engine djl}
 * @param health how good it is
 * @param found what was seen
 * @param advice what to do; empty if there is nothing to do
 */
public record Finding(String name, Health health, String found, String advice) {
  static Finding ok(String name, String found) {
    return new Finding(name, Health.OK, found, "");
  }

  static Finding warning(String name, String found, String advice) {
    return new Finding(name, Health.WARNING, found, advice);
  }

  static Finding problem(String name, String found, String advice) {
    return new Finding(name, Health.PROBLEM, found, advice);
  }
}

package dev.vlm4j.zoo.cli;

import java.util.Locale;
import java.util.Optional;

/**
 * What Java can see of names that come from the system. In an ASCII locale it replaces other
 * letters: refusing is better than a garbled question, or a file that is said to be missing.
 *
 * @param encoding the encoding of file names and arguments
 * @param folder the working folder
 */
record NativeNames(String encoding, String folder) {
  /** What to do about a name that this locale cannot say. */
  static final String NEXT = "run with LC_ALL=C.UTF-8, for example";

  private static final char UNREADABLE = '\uFFFD';

  /** Returns what is wrong with the names that a program was started with. */
  Optional<String> problem(String... arguments) {
    if (encoding.toUpperCase(Locale.ROOT).startsWith("UTF")) {
      return Optional.empty();
    }
    for (String argument : arguments) {
      if (argument.indexOf(UNREADABLE) >= 0) {
        return Optional.of("'" + argument + "' cannot be read in this locale; " + NEXT);
      }
    }
    return folder.indexOf(UNREADABLE) < 0
        ? Optional.empty()
        : Optional.of(
            "the name of the working folder " + folder + " cannot be read in this locale; " + NEXT);
  }
}

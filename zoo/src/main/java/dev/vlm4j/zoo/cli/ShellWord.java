package dev.vlm4j.zoo.cli;

/** Words of commands that people are told to type. */
final class ShellWord {
  private ShellWord() {}

  /** Returns a word as a shell takes it for one, whatever is in it. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:@+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

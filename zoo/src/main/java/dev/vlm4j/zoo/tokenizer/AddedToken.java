package dev.vlm4j.zoo.tokenizer;

import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code added_tokens} in {@code tokenizer.json}.
 *
 * @param id its id
 * @param content its text
 * @param special whether it is a control token, left out of decoded text
 * @param lstrip whether it takes the white space before it
 * @param rstrip whether it takes the white space after it
 */
record AddedToken(int id, String content, boolean special, boolean lstrip, boolean rstrip) {
  /** A file's entry; null where it is silent. */
  record Stored(
      int id,
      String content,
      @Nullable Boolean special,
      @Nullable Boolean lstrip,
      @Nullable Boolean rstrip) {
    AddedToken resolve() {
      return new AddedToken(
          id,
          content,
          Boolean.TRUE.equals(special),
          Boolean.TRUE.equals(lstrip),
          Boolean.TRUE.equals(rstrip));
    }
  }
}

package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.regex.Pattern;

/**
 * Name of a model repository: {@code owner/name}, or {@code name} for the oldest ones.
 *
 * @param text the name as users write it
 */
public record RepositoryId(String text) {
  private static final Pattern PART =
      Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?");

  /**
   * Checks the rules of the Hub.
   *
   * @throws VlmException {@code HUB_NAME_REFUSED}
   */
  public RepositoryId {
    if (!isValid(text)) {
      throw new VlmException(
          ErrorCode.HUB_NAME_REFUSED,
          "'"
              + Printable.of(text)
              + "' is no name of a repository: write owner/name with letters, digits, '-', '_' and"
              + " '.', up to 96 of them in each part");
    }
  }

  /** Returns whether a text follows the rules of the Hub for names. */
  public static boolean isValid(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2 || text.contains("--") || text.contains("..") || text.endsWith(".git")) {
      return false;
    }
    for (String part : parts) {
      if (!PART.matcher(part).matches()) {
        return false;
      }
    }
    return true;
  }

  /** Returns the name of the folder in the cache. */
  String folder() {
    return CacheLayout.PREFIX + text.replace("/", CacheLayout.SEPARATOR);
  }

  @Override
  public String toString() {
    return text;
  }
}

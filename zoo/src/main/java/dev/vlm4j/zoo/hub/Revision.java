package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.regex.Pattern;

/**
 * A branch, a tag, a commit or a reference such as {@code refs/pr/1}.
 *
 * @param text the name as users write it
 */
public record Revision(String text) {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern NAME =
      Pattern.compile("[^\\x00-\\x20\\x7f~^:?*\\[\\\\\"<>|]{1,200}");

  /** The default branch. */
  public static final Revision MAIN = new Revision("main");

  /**
   * Checks the rules of Git for names; they become paths in the cache.
   *
   * @throws VlmException {@code HUB_NAME_REFUSED}
   */
  public Revision {
    if (!isValid(text)) {
      throw new VlmException(
          ErrorCode.HUB_NAME_REFUSED,
          "'" + Printable.of(text) + "' is no revision: give a branch, a tag or a commit");
    }
  }

  private static boolean isValid(String text) {
    return NAME.matcher(text).matches() && RepositoryPath.problem(text).isEmpty();
  }

  /** Returns whether it names a commit, which never changes. */
  public boolean isCommit() {
    return isCommit(text);
  }

  static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}

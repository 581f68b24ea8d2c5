package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rules for the names of files in a repository. They are chosen by whoever filled the repository
 * and become paths on this machine, so they are judged by the rules of every platform.
 */
final class RepositoryPath {
  private static final int LONGEST_SEGMENT = 200;
  private static final int LONGEST = 1000;
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");
  private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x1f\\x7f<>:\"|?*\\\\]");
  private static final Pattern RESERVED =
      Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³])(\\..*)?");

  private RepositoryPath() {}

  /** Returns whether a name tries to leave its folder, under the rules of any platform. */
  static boolean escapes(String name) {
    String slashes = name.replace('\\', '/');
    if (slashes.startsWith("/") || name.indexOf('\0') >= 0) {
      return true;
    }
    for (String segment : slashes.split("/", -1)) {
      if (segment.equals("..") || DRIVE.matcher(segment).matches()) {
        return true;
      }
    }
    return false;
  }

  /** Returns why a name cannot be a file on every platform; empty if it can. */
  static Optional<String> problem(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return Optional.of("it is empty or too long");
    }
    if (escapes(name)) {
      return Optional.of("it leads out of its folder");
    }
    if (FORBIDDEN.matcher(name).find()) {
      return Optional.of("it has a character that file systems forbid");
    }
    for (String segment : name.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".")) {
        return Optional.of("a part of it is empty");
      }
      if (segment.length() > LONGEST_SEGMENT) {
        return Optional.of("a part of it is too long");
      }
      if (segment.endsWith(".") || segment.endsWith(" ")) {
        return Optional.of("a part of it ends with a dot or a blank");
      }
      if (RESERVED.matcher(segment).matches()) {
        return Optional.of("a part of it is a device on Windows");
      }
    }
    return Optional.empty();
  }

  /**
   * Checks the names of files that are to be stored together.
   *
   * @throws VlmException {@code HUB_NAME_REFUSED}
   */
  static void check(Collection<String> names, String where) {
    Map<String, String> folded = new HashMap<>();
    for (String name : names) {
      problem(name).ifPresent(reason -> refuse(name, reason, where));
      String key = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
      String other = folded.put(key, name);
      if (other != null && !other.equals(name)) {
        refuse(name, "it is the same file as '" + Printable.of(other) + "' on some systems", where);
      }
    }
  }

  static void refuse(String name, String reason, String where) {
    throw new VlmException(
        ErrorCode.HUB_NAME_REFUSED,
        "the file name '"
            + Printable.of(name)
            + "' of "
            + where
            + " is refused: "
            + reason
            + "; ask the owner of the repository to rename the file");
  }
}

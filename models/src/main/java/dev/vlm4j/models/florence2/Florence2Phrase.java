package dev.vlm4j.models.florence2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A label and the tags behind it. Answers are cut as the reference's regular expressions cut them,
 * but in one pass: no text makes it slow or deep.
 *
 * @param label what stands in front of the tags, without {@code <}; may be empty
 * @param tags at least four tags without anything between them
 */
record Florence2Phrase(String label, String tags) {
  /** At least four location tokens. */
  static final Pattern LOCATIONS = Pattern.compile("(?:<loc_\\p{Nd}++>){4,}+");

  /** At least four location tokens or separators of polygons. */
  static final Pattern OUTLINES = Pattern.compile("(?:<loc_\\p{Nd}++>|<sep>|<poly>|</poly>){4,}+");

  private static final Pattern LOCATION = Pattern.compile("<loc_(\\p{Nd}++)>");
  private static final List<String> ENDS_OF_NAME = List.of("<loc_", "<poly>");

  /**
   * Returns all labels that are directly followed by tags; a label may be anything but {@code <}.
   */
  static List<Florence2Phrase> labelled(String text, Pattern tags) {
    List<Florence2Phrase> phrases = new ArrayList<>();
    Matcher matcher = tags.matcher(text);
    int at = 0;
    while (at < text.length()) {
      int end = text.charAt(at) == '<' ? at : text.indexOf('<', at);
      if (end < 0) {
        break;
      }
      if (end > at && matcher.region(end, text.length()).lookingAt()) {
        phrases.add(new Florence2Phrase(text.substring(at, end), matcher.group()));
        at = matcher.end();
      } else {
        at = Math.max(end, at + 1);
      }
    }
    return phrases;
  }

  /** Returns all runs of tags, whatever stands in front of them. */
  static List<Florence2Phrase> bare(String text, Pattern tags) {
    return tags.matcher(text).results().map(run -> new Florence2Phrase("", run.group())).toList();
  }

  /** Returns the numbers of all location tokens. */
  static List<String> numbers(String tags) {
    return LOCATION.matcher(tags).results().map(tag -> tag.group(1)).toList();
  }

  /**
   * Returns what the phrase is called: everything up to the first location or outline, leading
   * separators included. Empty, which means that the reference skips the phrase, if there is
   * neither, or if the name has more than one line.
   */
  Optional<String> name() {
    String whole = label.isEmpty() ? withoutFirstLocation() : label + tags;
    int end = ENDS_OF_NAME.stream().mapToInt(whole::indexOf).filter(at -> at >= 0).min().orElse(-1);
    if (end < 0) {
      return Optional.empty();
    }
    String name = PythonText.stripLeading(whole.substring(0, end));
    return name.indexOf('\n') < 0 ? Optional.of(PythonText.strip(name)) : Optional.empty();
  }

  private String withoutFirstLocation() {
    return LOCATION.matcher(tags).lookingAt() ? tags.substring(tags.indexOf('>') + 1) : tags;
  }
}

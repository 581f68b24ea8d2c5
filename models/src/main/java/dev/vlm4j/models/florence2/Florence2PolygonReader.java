package dev.vlm4j.models.florence2;

import dev.vlm4j.api.Detection;
import dev.vlm4j.api.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads outlines: {@code <poly>} and {@code </poly>} enclose the outlines of one thing, {@code
 * <sep>} stands between two of them; without these tags a phrase is one thing.
 *
 * @param scale to pixels
 */
record Florence2PolygonReader(Florence2Scale scale) {
  private static final String START = "<poly>";
  private static final String END = "</poly>";
  private static final String SEPARATOR = "<sep>";
  private static final Pattern RUN = Pattern.compile("(?:<loc_\\p{Nd}++>)++");

  List<Detection> read(List<Florence2Phrase> phrases) {
    List<Detection> detections = new ArrayList<>();
    for (Florence2Phrase phrase : phrases) {
      Optional<String> name = phrase.name();
      if (name.isPresent()) {
        for (String thing : things(phrase.tags())) {
          outlines(thing).ifPresent(region -> detections.add(Detection.of(name.get(), region)));
        }
      }
    }
    return detections;
  }

  private static List<String> things(String tags) {
    if (!tags.contains(START) || !tags.contains(END)) {
      return List.of(tags);
    }
    List<String> things = new ArrayList<>();
    int start = tags.indexOf(START);
    int end = tags.indexOf(END, start);
    while (start >= 0 && end >= 0) {
      things.add(tags.substring(start + START.length(), end));
      start = tags.indexOf(START, end);
      end = tags.indexOf(END, start);
    }
    return things;
  }

  /** An outline ends at a separator or with its thing; other runs of locations do not count. */
  private Optional<Region> outlines(String thing) {
    List<List<Region.Point>> outlines = new ArrayList<>();
    Matcher run = RUN.matcher(thing);
    while (run.find()) {
      if (run.end() == thing.length() || thing.startsWith(SEPARATOR, run.end())) {
        outlines.add(scale.points(Florence2Phrase.numbers(run.group())));
      }
    }
    return outlines.isEmpty() ? Optional.empty() : Optional.of(new Region.Polygon(outlines));
  }
}

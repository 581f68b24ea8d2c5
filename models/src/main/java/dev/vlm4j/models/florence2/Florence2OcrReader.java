package dev.vlm4j.models.florence2;

import dev.vlm4j.api.Detection;
import dev.vlm4j.api.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lines of text with their corners: any text on one line, then eight locations.
 *
 * @param scale to pixels
 */
record Florence2OcrReader(Florence2Scale scale) {
  private static final Pattern CORNERS = Pattern.compile("(?:<loc_\\p{Nd}++>){8}");

  List<Detection> read(String text) {
    List<Detection> detections = new ArrayList<>();
    Matcher corners = CORNERS.matcher(text);
    int start = 0;
    while (start < text.length() && corners.find(start + 1)) {
      int lineEnd = text.lastIndexOf('\n', corners.start() - 1);
      if (lineEnd >= start) {
        start = lineEnd + 1;
      } else {
        String label = PythonText.strip(text.substring(start, corners.start()));
        List<String> numbers = Florence2Phrase.numbers(corners.group());
        detections.add(Detection.of(label, new Region.Quad(scale.points(numbers))));
        start = corners.end();
      }
    }
    return detections;
  }
}

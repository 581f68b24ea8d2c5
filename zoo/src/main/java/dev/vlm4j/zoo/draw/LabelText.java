package dev.vlm4j.zoo.draw;

import dev.vlm4j.api.Detection;
import java.awt.FontMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a label says.
 *
 * @param metrics of its font
 */
record LabelText(FontMetrics metrics) {
  private static final String ELLIPSIS = "\u2026";
  private static final int MOST_LINES = 3;

  /**
   * Returns the lines of a label: name and score, broken at spaces, cut off with an ellipsis. A
   * name that the font cannot show is replaced by its number among all things, from 1.
   */
  List<String> lines(int index, Detection detection, double widest) {
    String text = name(index, detection.label());
    if (detection.score().isPresent()) {
      text = (text + String.format(Locale.ROOT, " %.2f", detection.score().getAsDouble())).strip();
    }
    return text.isEmpty() ? List.of() : wrapped(Arrays.asList(text.split(" ")), widest);
  }

  private String name(int index, String label) {
    String name = label.replaceAll("[\\s\\p{Cc}]+", " ").strip();
    return metrics.getFont().canDisplayUpTo(name) < 0 ? name : "#" + (index + 1);
  }

  private List<String> wrapped(List<String> words, double widest) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : words) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (fits(longer, widest) || line.isEmpty()) {
        line = longer;
      } else if (lines.size() == MOST_LINES - 1) {
        lines.add(cut(longer + ELLIPSIS, widest));
        return lines;
      } else {
        lines.add(cut(line, widest));
        line = word;
      }
    }
    lines.add(cut(line, widest));
    return lines;
  }

  private String cut(String line, double widest) {
    if (fits(line, widest)) {
      return line;
    }
    int end = line.length();
    while (end > 1 && !fits(line.substring(0, end) + ELLIPSIS, widest)) {
      end = line.offsetByCodePoints(end, -1);
    }
    return line.substring(0, end).stripTrailing() + ELLIPSIS;
  }

  private boolean fits(String line, double widest) {
    return metrics.stringWidth(line) <= widest;
  }
}

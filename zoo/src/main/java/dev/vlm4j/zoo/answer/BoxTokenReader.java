package dev.vlm4j.zoo.answer;

import dev.vlm4j.api.Detection;
import dev.vlm4j.api.Region;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tokens of Qwen2-VL: a name between {@code <|object_ref_start|>} and {@code
 * <|object_ref_end|>}, then the places of the things of that name, each between {@code
 * <|box_start|>} and {@code <|box_end|>} with two points, or between {@code <|quad_start|>} and
 * {@code <|quad_end|>} with four. For one text.
 */
final class BoxTokenReader {
  private static final Pattern PART =
      Pattern.compile("<\\|(object_ref|box|quad)_start\\|>([^<]*+)(<\\|\\1_end\\|>)?+");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}(?:\\.[0-9]{1,9})?");
  private static final Pattern POINTS =
      Pattern.compile(
          "\\s*\\(N,\\s*N\\)(?:\\s*,?\\s*\\(N,\\s*N\\))*+\\s*".replace("N", NUMBER.pattern()));
  private static final int NUMBERS_OF_BOX = 4;
  private static final int NUMBERS_OF_QUAD = 8;

  private final FrameScale scale;
  private final Findings findings;
  private String label = "";
  private int unread;

  BoxTokenReader(FrameScale scale, Findings findings) {
    this.scale = scale;
    this.findings = findings;
  }

  static boolean isIn(String text) {
    return text.contains("<|box_start|>") || text.contains("<|quad_start|>");
  }

  void read(String text) {
    Matcher part = PART.matcher(text);
    while (part.find()) {
      if (part.group(1).equals("object_ref")) {
        label = part.group(2).strip();
      } else {
        addPlace(part);
      }
    }
    if (unread > 0) {
      findings.problem(unread + " of the box tokens are cut off or hold no points");
    }
  }

  private void addPlace(MatchResult part) {
    List<Double> numbers =
        NUMBER.matcher(part.group(2)).results().map(n -> Double.valueOf(n.group())).toList();
    boolean box = part.group(1).equals("box");
    if (part.group(3) == null
        || numbers.size() != (box ? NUMBERS_OF_BOX : NUMBERS_OF_QUAD)
        || !POINTS.matcher(part.group(2)).matches()) {
      unread++;
    } else {
      findings.add(
          Detection.of(label, box ? scale.box(numbers) : new Region.Quad(scale.points(numbers))));
    }
  }
}

package dev.vlm4j.zoo.draw;

import dev.vlm4j.api.Detection;
import java.awt.Color;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One colour per name, in the order in which names come. */
final class ColorsByLabel {
  private static final List<Color> COLORS =
      List.of(
          new Color(0xFF4B3E),
          new Color(0x2EC4F1),
          new Color(0xFFD60A),
          new Color(0x4CD964),
          new Color(0xFF7AC6),
          new Color(0xFF9500),
          new Color(0xA685FF),
          new Color(0x00D1B2),
          new Color(0xC6E83B),
          new Color(0xE0C3A0));

  private final Map<String, Color> colors = new HashMap<>();

  ColorsByLabel(List<Detection> detections) {
    for (Detection detection : detections) {
      colors.putIfAbsent(detection.label(), COLORS.get(colors.size() % COLORS.size()));
    }
  }

  Color of(Detection detection) {
    return colors.getOrDefault(detection.label(), COLORS.get(0));
  }
}

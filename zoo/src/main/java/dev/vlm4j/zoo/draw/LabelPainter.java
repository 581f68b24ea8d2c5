package dev.vlm4j.zoo.draw;

import dev.vlm4j.api.Detection;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/** Draws the names of things beside them, each on a ground of its colour. */
final class LabelPainter {
  private static final double TEXT_SIZE = 6;
  private static final double SMALLEST_TEXT = 11;
  private static final double LARGEST_PART = 0.45;
  private static final double PADDING = 1.5;

  private final Graphics2D graphics;
  private final Canvas canvas;
  private final LabelText text;
  private final LabelPlaces places;
  private final double padding;

  LabelPainter(Graphics2D graphics, Canvas canvas) {
    this.graphics = graphics;
    this.canvas = canvas;
    double size = Math.max(SMALLEST_TEXT, TEXT_SIZE * canvas.unit());
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, (int) Math.round(size)));
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    this.text = new LabelText(graphics.getFontMetrics());
    this.places = new LabelPlaces(canvas);
    this.padding = PADDING * canvas.unit();
  }

  /**
   * Draws one label; nothing for a thing without name and score, or without a place.
   *
   * @param index of the thing among all
   */
  void paint(int index, Detection detection, Color color) {
    if (detection.region().points().isEmpty()) {
      return;
    }
    Rectangle2D thing = canvas.bounds(detection.region());
    double room = Math.max(thing.getWidth(), canvas.width() * LARGEST_PART);
    double widest = Math.min(room, canvas.width()) - 2 * padding;
    List<String> lines = text.lines(index, detection, widest);
    if (lines.isEmpty()) {
      return;
    }
    FontMetrics metrics = graphics.getFontMetrics();
    double width = lines.stream().mapToInt(metrics::stringWidth).max().orElse(0) + 2 * padding;
    double height = (double) lines.size() * metrics.getHeight() + padding;
    Rectangle2D place = places.take(thing, width, height);
    ground(place, color);
    graphics.setColor(isLight(color) ? Color.BLACK : Color.WHITE);
    double y = place.getY() + padding / 2 + metrics.getAscent();
    for (String line : lines) {
      graphics.drawString(line, (float) (place.getX() + padding), (float) y);
      y += metrics.getHeight();
    }
  }

  private void ground(Rectangle2D place, Color color) {
    double rim = canvas.unit() / 2;
    graphics.setColor(new Color(0, 0, 0, 190));
    graphics.fill(rounded(place, rim));
    graphics.setColor(color);
    graphics.fill(rounded(place, 0));
  }

  private RoundRectangle2D rounded(Rectangle2D place, double rim) {
    return new RoundRectangle2D.Double(
        place.getX() - rim,
        place.getY() - rim,
        place.getWidth() + 2 * rim,
        place.getHeight() + 2 * rim,
        2 * padding,
        2 * padding);
  }

  /** Perceived brightness by ITU-R BT.601. */
  private static boolean isLight(Color color) {
    return 0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue() > 110;
  }
}

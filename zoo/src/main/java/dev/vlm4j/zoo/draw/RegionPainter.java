package dev.vlm4j.zoo.draw;

import dev.vlm4j.api.Region;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * Draws where things are.
 *
 * @param graphics to draw with
 * @param canvas its sizes
 */
record RegionPainter(Graphics2D graphics, Canvas canvas) {
  private static final Color RIM = new Color(0, 0, 0, 170);
  private static final int FILL_ALPHA = 70;
  private static final double RIM_WIDTH = 2;

  /** Below this many line widths a thing would hide under its own outline: it gets a ring. */
  private static final double TINY = 5;

  void paint(Region region, Color color) {
    for (Path2D outline : canvas.outlines(region)) {
      if (region instanceof Region.Polygon) {
        graphics.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), FILL_ALPHA));
        graphics.fill(outline);
      }
      line(outline, color);
    }
    Rectangle2D bounds = canvas.bounds(region);
    if (!region.points().isEmpty()
        && Math.max(bounds.getWidth(), bounds.getHeight()) < TINY * canvas.unit()) {
      line(ring(bounds), color);
    }
  }

  private Shape ring(Rectangle2D bounds) {
    double radius = TINY * canvas.unit();
    return new Ellipse2D.Double(
        bounds.getCenterX() - radius, bounds.getCenterY() - radius, 2 * radius, 2 * radius);
  }

  private void line(Shape shape, Color color) {
    float width = (float) canvas.unit();
    graphics.setColor(RIM);
    graphics.setStroke(stroke((float) (width * RIM_WIDTH)));
    graphics.draw(shape);
    graphics.setColor(color);
    graphics.setStroke(stroke(width));
    graphics.draw(shape);
  }

  private static BasicStroke stroke(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }
}

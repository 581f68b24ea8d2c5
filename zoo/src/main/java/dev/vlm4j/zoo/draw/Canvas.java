package dev.vlm4j.zoo.draw;

import dev.vlm4j.api.Region;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is drawn on.
 *
 * @param width in pixels
 * @param height in pixels
 * @param factor pixels of the canvas per pixel of the original picture
 */
record Canvas(int width, int height, int factor) {
  private static final double SIDE_PER_UNIT = 250;
  private static final double SMALLEST_UNIT = 1.8;

  /** Returns the width of a line, from which all other sizes follow. */
  double unit() {
    return Math.max(SMALLEST_UNIT, Math.min(width, height) / SIDE_PER_UNIT);
  }

  /** Returns the lines of a region; a polygon has one path per outline. */
  List<Path2D> outlines(Region region) {
    List<List<Region.Point>> all =
        region instanceof Region.Polygon polygon ? polygon.outlines() : List.of(region.points());
    List<Path2D> paths = new ArrayList<>();
    all.stream().filter(points -> !points.isEmpty()).forEach(points -> paths.add(path(points)));
    return paths;
  }

  private Path2D path(List<Region.Point> points) {
    Path2D path = new Path2D.Double();
    path.moveTo(x(points.get(0)), y(points.get(0)));
    points.forEach(point -> path.lineTo(x(point), y(point)));
    path.closePath();
    return path;
  }

  /** Keeps places far outside of the picture from overflowing what the library can draw. */
  private double x(Region.Point point) {
    return Math.max(-width, Math.min(2.0 * width, point.x() * factor));
  }

  private double y(Region.Point point) {
    return Math.max(-height, Math.min(2.0 * height, point.y() * factor));
  }

  /**
   * Returns the rectangle around a region, around the largest piece if there are several; empty at
   * the origin for a region without points.
   */
  Rectangle2D bounds(Region region) {
    return outlines(region).stream()
        .map(Path2D::getBounds2D)
        .max(Comparator.comparingDouble(Canvas::area))
        .orElseGet(Rectangle2D.Double::new);
  }

  /** Returns the area of the rectangle around a region. */
  double area(Region region) {
    return area(bounds(region));
  }

  private static double area(Rectangle2D bounds) {
    return bounds.getWidth() * bounds.getHeight();
  }
}

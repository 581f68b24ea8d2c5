package dev.vlm4j.zoo.draw;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds room for labels: inside of the picture, beside their thing, not over each other. */
final class LabelPlaces {
  private static final int MOST_ROWS = 12;

  private final Canvas canvas;
  private final List<Rectangle2D> taken = new ArrayList<>();

  LabelPlaces(Canvas canvas) {
    this.canvas = canvas;
  }

  /** Takes the place for a label of that size; the one that covers least if there is none free. */
  Rectangle2D take(Rectangle2D thing, double width, double height) {
    List<Rectangle2D> places = candidates(thing, width, height);
    Rectangle2D best =
        places.stream()
            .filter(place -> covered(place) == 0)
            .findFirst()
            .orElseGet(
                () -> places.stream().min(Comparator.comparingDouble(this::covered)).orElseThrow());
    taken.add(best);
    return best;
  }

  /** Above, below, inside at the top and the bottom; then rows further down and up. */
  private List<Rectangle2D> candidates(Rectangle2D thing, double width, double height) {
    double gap = canvas.unit();
    List<Double> rows = new ArrayList<>();
    if (thing.getMinY() - height - gap >= 0) {
      rows.add(thing.getMinY() - height - gap);
    }
    rows.add(thing.getMinY() + gap);
    rows.add(thing.getMaxY() + gap);
    rows.add(thing.getMaxY() - height - gap);
    for (int row = 1; row <= MOST_ROWS; row++) {
      rows.add(thing.getMinY() + gap + row * (height + gap));
      rows.add(thing.getMinY() - gap - (row + 1) * (height + gap));
    }
    List<Rectangle2D> places = new ArrayList<>();
    for (double y : rows) {
      places.add(inside(thing.getMinX(), y, width, height));
      places.add(inside(thing.getMaxX() - width, y, width, height));
    }
    return places;
  }

  private Rectangle2D inside(double x, double y, double width, double height) {
    return new Rectangle2D.Double(
        Math.max(0, Math.min(x, canvas.width() - width)),
        Math.max(0, Math.min(y, canvas.height() - height)),
        width,
        height);
  }

  private double covered(Rectangle2D place) {
    double area = 0;
    for (Rectangle2D other : taken) {
      Rectangle2D common = place.createIntersection(other);
      if (common.getWidth() > 0 && common.getHeight() > 0) {
        area += common.getWidth() * common.getHeight();
      }
    }
    return area;
  }
}

package dev.vlm4j.api;

import java.util.List;

/**
 * A place in a picture, in pixels of the ORIGINAL picture (as decoded, before any resizing): x goes
 * from the left edge to the right, y from the top edge to the bottom, both from 0. Numbers are as
 * the model gave them: corners may be out of order, and a place may lie outside of the picture.
 * Immutable.
 */
public sealed interface Region {
  /** Returns all corners in order, possibly none for a polygon that the model left empty. */
  List<Point> points();

  /**
   * A single position.
   *
   * @param x from the left edge
   * @param y from the top edge
   */
  record Point(double x, double y) implements Region {
    @Override
    public List<Point> points() {
      return List.of(this);
    }
  }

  /**
   * A rectangle with sides along the axes, from one corner to the opposite one.
   *
   * @param left smaller x, as the model gave it
   * @param top smaller y
   * @param right larger x
   * @param bottom larger y
   */
  record Box(double left, double top, double right, double bottom) implements Region {
    @Override
    public List<Point> points() {
      return List.of(
          new Point(left, top),
          new Point(right, top),
          new Point(right, bottom),
          new Point(left, bottom));
    }
  }

  /**
   * Four corners, as of a line of text: usually from the top left one clockwise, seen along the
   * text.
   *
   * @param points exactly four
   */
  record Quad(List<Point> points) implements Region {
    private static final int CORNERS = 4;

    /** Keeps an immutable copy. */
    public Quad {
      points = List.copyOf(points);
      if (points.size() != CORNERS) {
        throw new IllegalArgumentException("a quad has 4 corners, got " + points.size());
      }
    }
  }

  /**
   * The outlines of one thing; several if it is seen in several pieces.
   *
   * @param outlines corners of each piece in order, the last one joined to the first
   */
  record Polygon(List<List<Point>> outlines) implements Region {
    /** Keeps immutable copies. */
    public Polygon {
      outlines = outlines.stream().map(List::copyOf).toList();
    }

    @Override
    public List<Point> points() {
      return outlines.stream().flatMap(List::stream).toList();
    }
  }
}

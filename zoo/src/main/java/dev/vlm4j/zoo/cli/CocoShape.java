package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.vlm4j.api.Region;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A place in the form of COCO.
 *
 * @param box left, top, width and height of the smallest rectangle around it
 * @param outlines one list of x and y per outline with an inside; none for a box or a point
 * @param area of the outlines, else of the box
 */
record CocoShape(ArrayNode box, ArrayNode outlines, double area) {
  /** Mark of a key point that is labelled and visible. */
  static final int VISIBLE = 2;

  private static final int FEWEST_CORNERS = 3;

  static CocoShape of(Region region) {
    List<Region.Point> points = region.points();
    double left = points.stream().mapToDouble(Region.Point::x).min().orElse(0);
    double top = points.stream().mapToDouble(Region.Point::y).min().orElse(0);
    double width = points.stream().mapToDouble(Region.Point::x).max().orElse(0) - left;
    double height = points.stream().mapToDouble(Region.Point::y).max().orElse(0) - top;
    List<List<Region.Point>> drawn =
        outlinesOf(region).stream().filter(line -> line.size() >= FEWEST_CORNERS).toList();
    ArrayNode outlines = JsonOutput.array();
    drawn.forEach(line -> outlines.add(numbers(line)));
    double area =
        drawn.isEmpty() ? width * height : drawn.stream().mapToDouble(CocoShape::area).sum();
    return new CocoShape(JsonOutput.numbers(left, top, width, height), outlines, area);
  }

  private static List<List<Region.Point>> outlinesOf(Region region) {
    if (region instanceof Region.Polygon polygon) {
      return polygon.outlines();
    }
    return region instanceof Region.Quad quad ? List.of(quad.points()) : List.of();
  }

  private static ArrayNode numbers(List<Region.Point> line) {
    return JsonOutput.numbers(
        line.stream().flatMapToDouble(point -> DoubleStream.of(point.x(), point.y())).toArray());
  }

  /** The shoelace formula. */
  private static double area(List<Region.Point> line) {
    double twice = 0;
    for (int i = 0; i < line.size(); i++) {
      Region.Point here = line.get(i);
      Region.Point next = line.get((i + 1) % line.size());
      twice += here.x() * next.y() - next.x() * here.y();
    }
    return Math.abs(twice) / 2;
  }
}

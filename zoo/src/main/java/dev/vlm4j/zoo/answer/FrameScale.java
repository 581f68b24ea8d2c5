package dev.vlm4j.zoo.answer;

import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Region;
import dev.vlm4j.spi.BoxFrame;
import dev.vlm4j.spi.SeenPicture;
import java.util.ArrayList;
import java.util.List;

/**
 * From the numbers of an answer to pixels of the original picture.
 *
 * @param x pixels per unit to the right
 * @param y pixels per unit down
 */
record FrameScale(double x, double y) {
  private static final double THOUSAND = 1000;
  private static final int NUMBERS_OF_BOX = 4;

  static FrameScale of(BoxFrame frame, SeenPicture picture) {
    PictureSize original = picture.original();
    PictureSize seen = picture.seen();
    return switch (frame) {
      case THOUSANDTHS -> new FrameScale(original.width() / THOUSAND, original.height() / THOUSAND);
      case SEEN_PIXELS ->
          new FrameScale(
              (double) original.width() / seen.width(), (double) original.height() / seen.height());
    };
  }

  /** Returns the box from the first to the last point of two pairs of numbers. */
  Region box(List<Double> numbers) {
    if (numbers.size() != NUMBERS_OF_BOX) {
      throw new IllegalArgumentException("a box has 4 numbers, got " + numbers.size());
    }
    List<Region.Point> corners = points(numbers);
    Region.Point start = corners.get(0);
    Region.Point end = corners.get(1);
    return new Region.Box(start.x(), start.y(), end.x(), end.y());
  }

  /** Returns the points of pairs of numbers. */
  List<Region.Point> points(List<Double> numbers) {
    List<Region.Point> points = new ArrayList<>();
    for (int i = 0; i + 1 < numbers.size(); i += 2) {
      points.add(new Region.Point(numbers.get(i) * x, numbers.get(i + 1) * y));
    }
    return points;
  }
}

package dev.vlm4j.models.florence2;

import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Region;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * From the numbers in location tokens to pixels. A picture's width and height are divided into 1000
 * bins each; a number stands for the middle of its bin. Computed in 32 bits and cut to integers as
 * the reference does.
 *
 * @param binWidth pixels per bin
 * @param binHeight pixels per bin
 */
record Florence2Scale(float binWidth, float binHeight) {
  private static final double BINS = 1000;
  private static final float MIDDLE = 0.5f;
  private static final int DECIMAL = 10;
  private static final int CORNERS_OF_BOX = 4;

  /** Longest run of digits that Python reads as a number. */
  private static final int MOST_DIGITS = 4300;

  private static final float INT_RANGE = 0x1p31f;

  static Florence2Scale of(PictureSize picture) {
    return new Florence2Scale((float) (picture.width() / BINS), (float) (picture.height() / BINS));
  }

  /** Returns the box of four numbers. */
  Region.Box box(List<String> bins) {
    if (bins.size() != CORNERS_OF_BOX) {
      throw new IllegalArgumentException("a box has 4 numbers, got " + bins.size());
    }
    List<Region.Point> corners = points(bins);
    Region.Point start = corners.get(0);
    Region.Point end = corners.get(1);
    return new Region.Box(start.x(), start.y(), end.x(), end.y());
  }

  /** Returns the points of pairs of numbers; a last one without partner is left out. */
  List<Region.Point> points(List<String> bins) {
    List<BigInteger> numbers = bins.stream().map(Florence2Scale::number).toList();
    List<Region.Point> points = new ArrayList<>();
    for (int i = 0; i + 1 < numbers.size(); i += 2) {
      points.add(
          new Region.Point(pixel(numbers.get(i), binWidth), pixel(numbers.get(i + 1), binHeight)));
    }
    return points;
  }

  private static BigInteger number(String digits) {
    int length = digits.codePointCount(0, digits.length());
    if (length > MOST_DIGITS) {
      throw new UnreadableLocationException("a location has " + length + " digits");
    }
    StringBuilder ascii = new StringBuilder();
    digits.codePoints().forEach(digit -> ascii.append(Character.digit(digit, DECIMAL)));
    return new BigInteger(ascii.toString());
  }

  private static int pixel(BigInteger bin, float binSize) {
    if (bin.bitLength() >= Long.SIZE) {
      throw new UnreadableLocationException("a location is beyond 64 bits");
    }
    float pixel = (bin.longValue() + MIDDLE) * binSize;
    // What the reference's conversion gives on x86 for a number beyond 32 bits.
    return pixel < INT_RANGE ? (int) pixel : Integer.MIN_VALUE;
  }

  /** A number that the reference fails on. */
  static final class UnreadableLocationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableLocationException(String message) {
      super(message);
    }
  }
}

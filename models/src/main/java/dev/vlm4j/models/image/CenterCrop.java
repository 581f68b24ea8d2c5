package dev.vlm4j.models.image;

import dev.vlm4j.spi.RgbImage;

/**
 * Cuts the middle out of a picture; where the picture is smaller than the cut, it gets black
 * borders.
 *
 * @param height rows of the result, at least 1
 * @param width pixels in a row of the result, at least 1
 * @param oddFirst whether an odd row or column of the borders goes to the top or the left; else to
 *     the bottom or the right
 */
public record CenterCrop(int height, int width, boolean oddFirst) {
  /** Returns the cut; the picture itself if it has the right size already. */
  public RgbImage apply(RgbImage image) {
    Window window = window(new Extent(image.height(), image.width()));
    return place(window.cut(image));
  }

  /** The part of a picture of this size that the cut shows. */
  Window window(Extent picture) {
    int shownHeight = Math.min(height, picture.height());
    int shownWidth = Math.min(width, picture.width());
    return new Window(
        offset(picture.height(), height), offset(picture.width(), width), shownHeight, shownWidth);
  }

  private static int offset(int side, int wanted) {
    return Math.max(side - wanted, 0) / 2;
  }

  /** Puts the shown part into the middle of a black picture of the final size. */
  RgbImage place(RgbImage shown) {
    int top = border(height - shown.height());
    int left = border(width - shown.width());
    return Canvas.place(shown, new Extent(height, width), top, left, Canvas.BLACK);
  }

  private int border(int missing) {
    return (missing + (oddFirst ? 1 : 0)) / 2;
  }
}

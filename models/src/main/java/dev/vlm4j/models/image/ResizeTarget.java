package dev.vlm4j.models.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import org.jspecify.annotations.Nullable;

/** Computes the size that a picture is resized to, with the reference's truncations. */
final class ResizeTarget {
  private ResizeTarget() {}

  static Extent of(ImageSize size, Extent picture) {
    int shortest = orZero(size.shortestEdge());
    int longest = orZero(size.longestEdge());
    if (shortest != 0) {
      return longest != 0 ? bounded(picture, shortest, longest) : shortest(picture, shortest);
    }
    int maxHeight = orZero(size.maxHeight());
    int maxWidth = orZero(size.maxWidth());
    if (maxHeight != 0 && maxWidth != 0) {
      return inside(picture, maxHeight, maxWidth);
    }
    return fixed(size);
  }

  private static Extent fixed(ImageSize size) {
    int height = orZero(size.height());
    int width = orZero(size.width());
    if (height == 0 || width == 0) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "The size of the image processor needs height and width, max_height and max_width, or"
              + " shortest_edge; got "
              + size
              + ". Correct preprocessor_config.json.");
    }
    return new Extent(height, width);
  }

  /** The reference reads zero as absent. */
  private static int orZero(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  private static Extent shortest(Extent picture, int edge) {
    int shorter = Math.min(picture.height(), picture.width());
    int longer = Math.max(picture.height(), picture.width());
    int scaled = truncate((double) ((long) edge * longer) / shorter);
    return picture.width() <= picture.height()
        ? new Extent(scaled, edge)
        : new Extent(edge, scaled);
  }

  private static Extent bounded(Extent picture, int shortestEdge, int longestEdge) {
    double shorter = Math.min(picture.height(), picture.width());
    double longer = Math.max(picture.height(), picture.width());
    double edge = shortestEdge;
    int rounded = shortestEdge;
    if (longer / shorter * shortestEdge > longestEdge) {
      edge = longestEdge * shorter / longer;
      rounded = (int) Math.rint(edge);
    }
    return scaledTo(picture, rounded, edge);
  }

  private static Extent scaledTo(Extent picture, int shorter, double exact) {
    int height = picture.height();
    int width = picture.width();
    if (Math.min(height, width) == shorter) {
      return picture;
    }
    return width < height
        ? new Extent(truncate(exact * height / width), shorter)
        : new Extent(shorter, truncate(exact * width / height));
  }

  private static Extent inside(Extent picture, int maxHeight, int maxWidth) {
    double scale =
        Math.min((double) maxHeight / picture.height(), (double) maxWidth / picture.width());
    return new Extent(truncate(picture.height() * scale), truncate(picture.width() * scale));
  }

  private static int truncate(double value) {
    if (value >= Integer.MAX_VALUE) {
      throw new VlmException(
          ErrorCode.IMAGE_TOO_LARGE,
          "Resizing this picture would give a side of more than 2^31 pixels; crop it to a less"
              + " extreme shape.");
    }
    return (int) value;
  }
}

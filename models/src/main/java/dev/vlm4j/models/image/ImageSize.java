package dev.vlm4j.models.image;

import org.jspecify.annotations.Nullable;

/**
 * The {@code size}, {@code crop_size} or {@code pad_size} of a preprocessor file; every component
 * is null if the file lacks it.
 *
 * @param height rows
 * @param width pixels in a row
 * @param shortestEdge length that the shorter side gets
 * @param longestEdge upper bound of the longer side
 * @param maxHeight rows that the result may have at most
 * @param maxWidth pixels in a row that the result may have at most
 * @param minPixels lower bound of the area (Qwen-VL)
 * @param maxPixels upper bound of the area (Qwen-VL)
 * @param edge a bare number: the shorter side in {@code size}, both sides elsewhere
 */
public record ImageSize(
    @Nullable Integer height,
    @Nullable Integer width,
    @Nullable Integer shortestEdge,
    @Nullable Integer longestEdge,
    @Nullable Integer maxHeight,
    @Nullable Integer maxWidth,
    @Nullable Integer minPixels,
    @Nullable Integer maxPixels,
    @Nullable Integer edge) {

  /** Returns the size of a bare number, whose meaning depends on the field that holds it. */
  public static ImageSize of(int edge) {
    return new ImageSize(null, null, null, null, null, null, null, null, edge);
  }

  /** Returns a fixed size in pixels. */
  public static ImageSize of(int height, int width) {
    return new ImageSize(height, width, null, null, null, null, null, null, null);
  }

  /** Returns the size whose shorter side is {@code edge}, the other one in proportion. */
  public static ImageSize shortestEdge(int edge) {
    return new ImageSize(null, null, edge, null, null, null, null, null, null);
  }

  /** Reads a bare number as the shorter side. */
  public ImageSize edgeAsShortest() {
    return edge == null ? this : shortestEdge(edge);
  }

  /** Reads a bare number as both sides. */
  public ImageSize edgeAsSquare() {
    return edge == null ? this : of(edge, edge);
  }
}

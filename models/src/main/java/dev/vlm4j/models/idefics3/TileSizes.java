package dev.vlm4j.models.idefics3;

import dev.vlm4j.models.image.Extent;

/**
 * Sizes of pictures before they are cut, with the reference's truncations. Source: <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/idefics3/image_processing_idefics3.py">image_processing_idefics3.py</a>.
 */
final class TileSizes {
  /** No picture gets larger, whatever the settings say. */
  private static final int MOST = 4096;

  private TileSizes() {}

  /** The longer side becomes {@code edge}, the other one even, both at most {@link #MOST}. */
  static Extent longestEdge(Extent picture, int edge) {
    double ratio = ratio(picture);
    Extent scaled =
        picture.width() >= picture.height()
            ? new Extent(even((int) (edge / ratio)), edge)
            : new Extent(edge, even((int) (edge * ratio)));
    return bounded(new Extent(Math.max(scaled.height(), 1), Math.max(scaled.width(), 1)));
  }

  private static Extent bounded(Extent scaled) {
    double ratio = ratio(scaled);
    if (scaled.width() >= scaled.height() && scaled.width() > MOST) {
      return new Extent(Math.max((int) (MOST / ratio), 1), MOST);
    }
    if (scaled.height() > scaled.width() && scaled.height() > MOST) {
      return new Extent(MOST, Math.max((int) (MOST * ratio), 1));
    }
    return scaled;
  }

  /** Both sides become multiples of {@code tile}. */
  static Extent tiled(Extent picture, int tile) {
    double ratio = ratio(picture);
    if (picture.width() >= picture.height()) {
      int width = multiple(picture.width(), tile);
      return new Extent(multiple((int) (width / ratio), tile), width);
    }
    int height = multiple(picture.height(), tile);
    return new Extent(height, multiple((int) (height * ratio), tile));
  }

  private static double ratio(Extent picture) {
    return (double) picture.width() / picture.height();
  }

  private static int even(int side) {
    return side + side % 2;
  }

  private static int multiple(int side, int tile) {
    return (side + tile - 1) / tile * tile;
  }
}

package dev.vlm4j.models.llavaonevision;

import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.Unpadding;

/**
 * Counts features: those of the whole picture, those of its tiles without the padded borders,
 * thinned out if there are too many, and a newline after each row.
 *
 * @param perTile features of a tile
 * @param dropsFirst whether one feature is left out
 * @param fullTiles tiles whose features are kept at full size
 */
record OnevisionFeatures(int perTile, boolean dropsFirst, int fullTiles) {
  private static final double TOLERATED = 1.1;

  /** Returns the features of a picture that is one tile, its newline included. */
  int ofSquare() {
    return perTile + 1 - (dropsFirst ? 1 : 0);
  }

  /**
   * Returns the features of a picture in tiles.
   *
   * @param picture size of the original
   * @param grid rows and columns of tiles
   */
  int ofTiles(Extent picture, Extent grid) {
    int side = (int) Math.sqrt(perTile);
    Extent all = new Extent(side * grid.height(), side * grid.width());
    Extent shown = thinned(Unpadding.of(picture, all), side);
    int newlines = shown.height();
    int tokens = shown.height() * shown.width() + newlines + perTile;
    return tokens - (dropsFirst ? 1 : 0);
  }

  private Extent thinned(Extent shown, int side) {
    double area = (double) shown.height() * shown.width();
    double ratio = Math.sqrt(area / ((double) fullTiles * side * side));
    return ratio > TOLERATED
        ? new Extent(floorDiv(shown.height(), ratio), floorDiv(shown.width(), ratio))
        : shown;
  }

  /** Divides like the reference, whose remainder is exact: 1 by 0.1 is 9. */
  private static int floorDiv(double side, double ratio) {
    double quotient = (side - side % ratio) / ratio;
    return (int) Math.rint(quotient);
  }
}

package dev.vlm4j.models.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Counts the features that are left when those of the borders are cut off, which were only padded
 * to fill the tiles. Source: {@code _get_unpadded_features} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/llava_next/processing_llava_next.py">processing_llava_next.py</a>.
 */
public final class Unpadding {
  private static final int DIGITS = 7;

  private Unpadding() {}

  /**
   * Returns rows and columns of the features that show the picture.
   *
   * @param picture size of the original
   * @param features rows and columns of all tiles together
   * @throws VlmException {@code CONFIG_INVALID} if there is no row
   */
  public static Extent of(Extent picture, Extent features) {
    if (features.height() == 0) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "a size in image_grid_pinpoints is lower than a tile, which the reference library refuses"
              + " too: correct the image_grid_pinpoints of preprocessor_config.json");
    }
    double height = features.height();
    double width = features.width();
    if ((double) picture.width() / picture.height() > width / height) {
      int rows = rounded(picture.height() * (width / picture.width()));
      return new Extent(cut(features.height(), rows), features.width());
    }
    int columns = rounded(picture.width() * (height / picture.height()));
    return new Extent(features.height(), cut(features.width(), columns));
  }

  /** Both borders are equally wide, so an odd rest stays. */
  private static int cut(int side, int shown) {
    return side - 2 * Math.floorDiv(side - shown, 2);
  }

  /** Rounds like the reference before it truncates: 23.99999999 counts as 24. */
  private static int rounded(double value) {
    return new BigDecimal(value).setScale(DIGITS, RoundingMode.HALF_EVEN).intValue();
  }
}

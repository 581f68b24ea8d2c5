package dev.vlm4j.models.image.patches;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.PixelScaling;
import dev.vlm4j.spi.RgbImage;

/**
 * Cuts a picture into patches. A row holds one patch: channel by channel, each of them as often as
 * a patch has frames, row by row.
 *
 * @param patchSize side of a patch, in pixels
 * @param frames how often a picture is repeated
 */
record PatchRows(int patchSize, int frames) {
  private static final int CHANNELS = 3;

  /** Returns the number of values of a patch. */
  int values() {
    return CHANNELS * frames * patchSize * patchSize;
  }

  /**
   * Writes the patches of a picture.
   *
   * @param image a multiple of patches in both directions
   * @param scaling from its bytes to values
   * @param grid where the patches are
   * @param target takes them
   * @param offset where the first one goes
   */
  void write(RgbImage image, PixelScaling scaling, PatchGrid grid, float[] target, int offset) {
    int[] rows = grid.rows();
    int[] columns = grid.columns();
    int area = patchSize * patchSize;
    int at = offset;
    for (int i = 0; i < rows.length; i++) {
      int corner = rows[i] * patchSize * image.width() + columns[i] * patchSize;
      for (int y = 0; y < patchSize; y++) {
        int pixel = corner + y * image.width();
        scaling.writeRun(image, pixel, patchSize, target, at + y * patchSize, frames * area);
      }
      for (int channel = 0; channel < CHANNELS; channel++) {
        for (int frame = 1; frame < frames; frame++) {
          System.arraycopy(target, at, target, at + frame * area, area);
        }
        at += frames * area;
      }
    }
  }

  /** Returns an array for so many patches. */
  float[] allocate(long patches) {
    if (patches > (Integer.MAX_VALUE - 8L) / values()) {
      throw new VlmException(
          ErrorCode.IMAGE_TOO_LARGE,
          "the pictures of the prompt have "
              + patches
              + " patches, more than fits in memory: give fewer pictures or a smaller max_pixels");
    }
    return new float[(int) patches * values()];
  }
}

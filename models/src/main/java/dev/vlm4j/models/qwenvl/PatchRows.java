package dev.vlm4j.models.qwenvl;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;

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
   * @param planes {@code [3, height, width]}
   * @param grid where the patches are
   * @param target takes them
   * @param offset where the first one goes
   */
  void write(float[] planes, PatchGrid grid, float[] target, int offset) {
    int[] rows = grid.rows();
    int[] columns = grid.columns();
    int width = grid.width() * patchSize;
    int plane = grid.height() * patchSize * width;
    int at = offset;
    for (int i = 0; i < rows.length; i++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        int corner = channel * plane + rows[i] * patchSize * width + columns[i] * patchSize;
        for (int frame = 0; frame < frames; frame++) {
          for (int y = 0; y < patchSize; y++) {
            System.arraycopy(planes, corner + y * width, target, at, patchSize);
            at += patchSize;
          }
        }
      }
    }
  }

  /** Returns an array for so many patches. */
  float[] allocate(long patches) {
    long size = patches * values();
    if (size > Integer.MAX_VALUE - 8L) {
      throw new VlmException(
          ErrorCode.IMAGE_TOO_LARGE,
          "the pictures of the prompt have "
              + patches
              + " patches, more than fits in memory: give fewer pictures or a smaller max_pixels");
    }
    return new float[(int) size];
  }
}

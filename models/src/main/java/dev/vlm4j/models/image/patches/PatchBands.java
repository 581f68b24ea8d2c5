package dev.vlm4j.models.image.patches;

import dev.vlm4j.models.image.PixelScaling;
import dev.vlm4j.spi.RgbImage;

/** Collects the patches of pictures that come in bands, from top to bottom. Not thread-safe. */
final class PatchBands {
  private final PatchRows patches;
  private final PixelScaling scaling;
  private final int mergeSize;
  private final float[] values;
  private int filled;

  /**
   * Makes room.
   *
   * @param mergeSize how many patches become one token, along each side
   * @param total patches of all pictures
   * @throws dev.vlm4j.error.VlmException {@code IMAGE_TOO_LARGE} if they do not fit in an array
   */
  PatchBands(PatchRows patches, PixelScaling scaling, int mergeSize, long total) {
    this.patches = patches;
    this.scaling = scaling;
    this.mergeSize = mergeSize;
    this.values = patches.allocate(total);
  }

  /** Adds a part of a picture: all of its width, and of its height some rows of tokens. */
  void add(RgbImage band) {
    int side = patches.patchSize();
    PatchGrid grid = new PatchGrid(band.height() / side, band.width() / side, mergeSize);
    patches.write(band, scaling, grid, values, filled);
    filled += grid.patches() * patches.values();
  }

  /** Returns the values of all patches, one patch after the other. */
  float[] values() {
    return values;
  }
}

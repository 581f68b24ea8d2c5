package dev.vlm4j.spi;

import java.util.List;

/**
 * How the values of {@code pixel_values} show a picture: what a person needs to look at them. Last
 * sizes {@code [3, height, width]} are planes R, G, B; with patches, last sizes {@code [rows,
 * values]} are squares of the picture, each of them channel by channel and as often as a patch has
 * frames, listed by squares of {@code mergeSize} times {@code mergeSize} patches.
 *
 * @param black value of level 0, one per channel
 * @param white value of level 255, one per channel
 * @param patchSize side of a patch in pixels; 0 for planes
 * @param mergeSize side of the squares in which patches are listed, in patches; 0 for planes
 */
public record PixelLayout(List<Float> black, List<Float> white, int patchSize, int mergeSize) {
  /** Name of the tensor of pictures. */
  public static final String PIXEL_VALUES = "pixel_values";

  /** Name of the tensor of grids, {@code [pictures, 3]}: time, height and width in patches. */
  public static final String GRIDS = "image_grid_thw";

  private static final int LEVELS = 255;

  /** Keeps immutable copies. */
  public PixelLayout {
    black = List.copyOf(black);
    white = List.copyOf(white);
  }

  /** Returns the layout of planes. */
  public static PixelLayout planes(List<Float> black, List<Float> white) {
    return new PixelLayout(black, white, 0, 0);
  }

  /** Returns the same values in patches. */
  public PixelLayout inPatches(int patch, int merge) {
    return new PixelLayout(black, white, patch, merge);
  }

  /** Returns whether rows of values are patches. */
  public boolean isPatches() {
    return patchSize > 0;
  }

  /** Returns the level of a value, 0 to 255, of the channel R (0), G (1) or B (2). */
  public int level(float value, int channel) {
    float span = white.get(channel) - black.get(channel);
    int level = Math.round((value - black.get(channel)) / span * LEVELS);
    return Math.max(0, Math.min(LEVELS, level));
  }
}

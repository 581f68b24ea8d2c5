package dev.vlm4j.spi;

import dev.vlm4j.api.ImageOptions;

/**
 * A decoded picture of a prompt.
 *
 * @param image its pixels
 * @param ownOptions settings that the prompt gives to this picture
 * @param modelOptions settings that the model was loaded with, for all pictures
 */
public record Picture(RgbImage image, ImageOptions ownOptions, ImageOptions modelOptions) {
  /** Returns a picture without settings. */
  public static Picture of(RgbImage image) {
    return new Picture(image, ImageOptions.NONE, ImageOptions.NONE);
  }

  /** Returns whether crops of it are wanted, for itself or for all pictures. */
  public boolean panAndScan() {
    return ownOptions.panAndScan() || modelOptions.panAndScan();
  }
}

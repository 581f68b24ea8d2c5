package dev.vlm4j.spi;

import dev.vlm4j.api.ImageOptions;
import java.util.OptionalInt;

/**
 * A decoded picture of a prompt.
 *
 * @param image its pixels
 * @param keyColour colour {@code 0xRRGGBB} that the file declares transparent, if the processor
 *     shows transparency as white
 * @param ownOptions settings that the prompt gives to this picture
 * @param modelOptions settings that the model was loaded with, for all pictures
 */
public record Picture(
    RgbImage image, OptionalInt keyColour, ImageOptions ownOptions, ImageOptions modelOptions) {
  private static final byte WHITE = (byte) 0xFF;

  /** A picture of which no colour is transparent. */
  public Picture(RgbImage image, ImageOptions ownOptions, ImageOptions modelOptions) {
    this(image, OptionalInt.empty(), ownOptions, modelOptions);
  }

  /** Returns a picture without settings. */
  public static Picture of(RgbImage image) {
    return new Picture(image, ImageOptions.NONE, ImageOptions.NONE);
  }

  /** Returns the pixels as processors convert them first: the transparent colour is white. */
  public RgbImage converted() {
    return converted(image);
  }

  /** Converts pixels that were made of this picture's. */
  public RgbImage converted(RgbImage pixels) {
    if (keyColour.isEmpty()) {
      return pixels;
    }
    int key = keyColour.getAsInt();
    byte[] data = pixels.data().clone();
    for (int i = 0; i < data.length; i += RgbImage.CHANNELS) {
      if ((data[i] & 0xFF) == (key >> 16 & 0xFF)
          && (data[i + 1] & 0xFF) == (key >> 8 & 0xFF)
          && (data[i + 2] & 0xFF) == (key & 0xFF)) {
        data[i] = WHITE;
        data[i + 1] = WHITE;
        data[i + 2] = WHITE;
      }
    }
    return new RgbImage(pixels.width(), pixels.height(), data);
  }

  /** Returns whether crops of it are wanted, for itself or for all pictures. */
  public boolean panAndScan() {
    return ownOptions.panAndScan() || modelOptions.panAndScan();
  }
}

package dev.vlm4j.zoo.image;

import dev.vlm4j.spi.RgbImage;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The eight EXIF orientations: how the stored pixels must be turned to stand upright. */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  TURNED_180(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  TURNED_90(true, true, false),
  TRANSVERSED(true, true, true),
  TURNED_270(true, false, true);

  private static final Pattern XMP = Pattern.compile("tiff:Orientation(=\"|>)([0-9])");

  private final boolean transposes;
  private final boolean mirrors;
  private final boolean flips;

  Orientation(boolean transposes, boolean mirrors, boolean flips) {
    this.transposes = transposes;
    this.mirrors = mirrors;
    this.flips = flips;
  }

  /** Returns the orientation with an EXIF number; unknown numbers count as upright. */
  static Orientation ofNumber(int number) {
    return number >= 1 && number <= values().length ? values()[number - 1] : UPRIGHT;
  }

  /** Reads the orientation out of an XMP packet. */
  static Orientation ofXmp(byte[] bytes, int offset, int length) {
    Matcher matcher = XMP.matcher(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    return matcher.find() ? ofNumber(Integer.parseInt(matcher.group(2))) : UPRIGHT;
  }

  /** Returns the upright picture. */
  RgbImage apply(RgbImage stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = transposes ? stored.height() : stored.width();
    int height = transposes ? stored.width() : stored.height();
    byte[] data = new byte[stored.data().length];
    int out = 0;
    for (int y = 0; y < height; y++) {
      int sourceY = flips ? height - 1 - y : y;
      for (int x = 0; x < width; x++, out += RgbImage.CHANNELS) {
        int sourceX = mirrors ? width - 1 - x : x;
        int pixel =
            transposes ? sourceX * stored.width() + sourceY : sourceY * stored.width() + sourceX;
        System.arraycopy(stored.data(), pixel * 3, data, out, RgbImage.CHANNELS);
      }
    }
    return new RgbImage(width, height, data);
  }
}

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

  private static final int STRIP = 64;
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
    for (int x = 0; x < width; x += STRIP) {
      turnStrip(stored, x, Math.min(STRIP, width - x), new RgbImage(width, height, data));
    }
    return new RgbImage(width, height, data);
  }

  /** Few columns at a time, so that the rows they are read from stay in the cache. */
  private void turnStrip(RgbImage stored, int left, int count, RgbImage turned) {
    int across = (mirrors ? -1 : 1) * (transposes ? stored.width() : 1) * RgbImage.CHANNELS;
    for (int y = 0; y < turned.height(); y++) {
      int in = place(stored, left, y, turned) * RgbImage.CHANNELS;
      int out = (y * turned.width() + left) * RgbImage.CHANNELS;
      for (int end = out + count * RgbImage.CHANNELS; out < end; out += RgbImage.CHANNELS) {
        turned.data()[out] = stored.data()[in];
        turned.data()[out + 1] = stored.data()[in + 1];
        turned.data()[out + 2] = stored.data()[in + 2];
        in += across;
      }
    }
  }

  private int place(RgbImage stored, int x, int y, RgbImage turned) {
    int sourceX = mirrors ? turned.width() - 1 - x : x;
    int sourceY = flips ? turned.height() - 1 - y : y;
    return transposes ? sourceX * stored.width() + sourceY : sourceY * stored.width() + sourceX;
  }
}

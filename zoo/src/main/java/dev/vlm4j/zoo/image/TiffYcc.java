package dev.vlm4j.zoo.image;

import dev.vlm4j.spi.RgbImage;

/**
 * From luminance and two colour differences, as TIFF files store them, to RGB. The reference
 * converts samples that are not compressed itself, and has those that are converted by libtiff,
 * which rounds otherwise and knows other ranges and weights.
 *
 * @see <a
 *     href="https://gitlab.com/libtiff/libtiff/-/blob/v4.7.0/libtiff/tif_color.c">tif_color.c</a>
 */
final class TiffYcc {
  private static final int LEVELS = 256;
  private static final int MIDDLE = 128;
  private static final int FINE = 16;
  private static final int COARSE = 6;
  private static final float WIDEST = 32.0f * MIDDLE;

  private final int[] luminance = new int[LEVELS];
  private final int[] redOfCr = new int[LEVELS];
  private final int[] greenOfCr = new int[LEVELS];
  private final int[] greenOfCb = new int[LEVELS];
  private final int[] blueOfCb = new int[LEVELS];
  private final int greenShift;

  private TiffYcc(int greenShift) {
    this.greenShift = greenShift;
  }

  /** The conversion of samples that are not compressed. */
  static TiffYcc plain() {
    TiffYcc ycc = new TiffYcc(COARSE);
    for (int i = 0; i < LEVELS; i++) {
      ycc.luminance[i] = i;
      ycc.redOfCr[i] = coarse(1.402, i) >> COARSE;
      ycc.greenOfCr[i] = coarse(-0.71414, i);
      ycc.greenOfCb[i] = coarse(-0.34414, i);
      ycc.blueOfCb[i] = coarse(1.772, i) >> COARSE;
    }
    return ycc;
  }

  private static int coarse(double factor, int level) {
    return (int) (factor * (1 << COARSE) * (level - MIDDLE) + 0.5);
  }

  /**
   * The conversion of samples that were compressed.
   *
   * @param weights of red, green and blue in the luminance
   * @param range lowest and highest level of the luminance and of both differences
   */
  static TiffYcc packed(float[] weights, float[] range) {
    float red = 2 - 2 * weights[0];
    float blue = 2 - 2 * weights[2];
    int toRed = fine(red);
    int toBlue = fine(blue);
    int redToGreen = -fine(weights[0] * red / weights[1]);
    int blueToGreen = -fine(weights[2] * blue / weights[1]);
    int half = 1 << (FINE - 1);
    TiffYcc ycc = new TiffYcc(FINE);
    for (int i = 0; i < LEVELS; i++) {
      int cb = spread(i - MIDDLE, range[2] - MIDDLE, range[3] - MIDDLE, MIDDLE - 1);
      int cr = spread(i - MIDDLE, range[4] - MIDDLE, range[5] - MIDDLE, MIDDLE - 1);
      ycc.luminance[i] = spread(i, range[0], range[1], LEVELS - 1);
      ycc.redOfCr[i] = (toRed * cr + half) >> FINE;
      ycc.greenOfCr[i] = redToGreen * cr;
      ycc.greenOfCb[i] = blueToGreen * cb + half;
      ycc.blueOfCb[i] = (toBlue * cb + half) >> FINE;
    }
    return ycc;
  }

  private static int fine(float factor) {
    return (int) (Math.max(0.0f, Math.min(2.0f, factor)) * (double) (1 << FINE) + 0.5);
  }

  private static int spread(int level, float low, float high, int full) {
    float width = high - low == 0 ? 1 : high - low;
    float value = (level - (int) low) * (float) full / width;
    return (int) Math.max(-WIDEST, Math.min(WIDEST, value));
  }

  /** Converts a picture whose bytes are luminance, blue and red difference, in its own array. */
  void convert(RgbImage image) {
    byte[] data = image.data();
    for (int i = 0; i < data.length; i += RgbImage.CHANNELS) {
      int y = luminance[data[i] & 0xFF];
      int cb = data[i + 1] & 0xFF;
      int cr = data[i + 2] & 0xFF;
      data[i] = clipped(y + redOfCr[cr]);
      data[i + 1] = clipped(y + ((greenOfCb[cb] + greenOfCr[cr]) >> greenShift));
      data[i + 2] = clipped(y + blueOfCb[cb]);
    }
  }

  private static byte clipped(int level) {
    return (byte) Math.max(0, Math.min(LEVELS - 1, level));
  }
}

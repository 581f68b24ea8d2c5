package dev.vlm4j.zoo.image;

import dev.vlm4j.spi.RgbImage;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * Decodes JPEG components with the platform's reader and converts colours as libjpeg does. The
 * reader's own conversion guesses colour spaces and applies profiles, so it is not used.
 */
final class JpegPixels {
  private static final int FRACTION = 16;
  private static final int HALF = 1 << (FRACTION - 1);
  private static final int RED_FROM_CR = fixed(1.40200);
  private static final int BLUE_FROM_CB = fixed(1.77200);
  private static final int GREEN_FROM_CR = fixed(0.71414);
  private static final int GREEN_FROM_CB = fixed(0.34414);

  private final Raster raster;
  private final byte[] data;

  private JpegPixels(Raster raster) {
    this.raster = raster;
    this.data =
        new byte[Math.multiplyExact(Math.multiplyExact(raster.getWidth(), raster.getHeight()), 3)];
  }

  static RgbImage decode(JpegFile jpeg, PixelLimit limit) throws IOException {
    try (Readers.Session session = Readers.open(ImageFormat.JPEG, jpeg.plain())) {
      session.check(limit);
      Raster raster = session.reader().readRaster(0, null);
      session.failOnWarnings();
      return new JpegPixels(raster).convert(jpeg.colours());
    }
  }

  private RgbImage convert(JpegFile.Colours colours) {
    int width = raster.getWidth();
    int[] row = new int[width * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      int out = y * width * 3;
      for (int x = 0; x < width; x++, out += 3) {
        pixel(colours, row, x * raster.getNumBands(), out);
      }
    }
    return new RgbImage(width, raster.getHeight(), data);
  }

  private void pixel(JpegFile.Colours colours, int[] row, int in, int out) {
    switch (colours) {
      case GRAY -> store(out, row[in], row[in], row[in]);
      case RGB -> store(out, row[in], row[in + 1], row[in + 2]);
      case YCBCR -> luminance(out, row[in], row[in + 1] - 128, row[in + 2] - 128);
      case CMYK -> {
        store(out, 255 - row[in], 255 - row[in + 1], 255 - row[in + 2]);
        printInks(out, row[in + 3]);
      }
      case YCCK -> {
        luminance(out, row[in], row[in + 1] - 128, row[in + 2] - 128);
        printInks(out, row[in + 3]);
      }
    }
  }

  private void luminance(int out, int y, int cb, int cr) {
    store(
        out,
        clip(y + ((RED_FROM_CR * cr + HALF) >> FRACTION)),
        clip(y + ((-GREEN_FROM_CB * cb - GREEN_FROM_CR * cr + HALF) >> FRACTION)),
        clip(y + ((BLUE_FROM_CB * cb + HALF) >> FRACTION)));
  }

  /** Pillow's CMYK to RGB in place of the inks; {@code white} is what black leaves. */
  private void printInks(int out, int white) {
    for (int c = 0; c < 3; c++) {
      int product = (data[out + c] & 0xFF) * white + 128;
      data[out + c] = (byte) clip(white - (((product >> 8) + product) >> 8));
    }
  }

  private void store(int out, int red, int green, int blue) {
    data[out] = (byte) red;
    data[out + 1] = (byte) green;
    data[out + 2] = (byte) blue;
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << FRACTION) + 0.5);
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}

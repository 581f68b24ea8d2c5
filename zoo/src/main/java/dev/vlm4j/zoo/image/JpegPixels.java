package dev.vlm4j.zoo.image;

import dev.vlm4j.spi.RgbImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes JPEG components with the platform's reader and converts colours as libjpeg does, in the
 * array that the reader filled. The reader's own conversion guesses colour spaces and applies
 * profiles, so it is not used.
 */
final class JpegPixels {
  private static final int CHANNELS = RgbImage.CHANNELS;
  private static final int INKS = 4;

  private JpegPixels() {}

  static RgbImage decode(JpegFile jpeg, PixelLimit limit) throws IOException {
    try (Readers.Session session = Readers.open(ImageFormat.JPEG, jpeg.plain())) {
      session.check(limit);
      Raster raster = session.reader().readRaster(0, null);
      session.failOnWarnings();
      int pixels = Math.multiplyExact(raster.getWidth(), raster.getHeight());
      byte[] data = toRgb(jpeg.colours(), samples(raster), pixels);
      return new RgbImage(raster.getWidth(), raster.getHeight(), data);
    }
  }

  /** The components of a pixel lie side by side, and nobody else holds the array. */
  private static byte[] samples(Raster raster) {
    int length = Math.multiplyExact(raster.getWidth(), raster.getHeight()) * raster.getNumBands();
    if (raster.getDataBuffer() instanceof DataBufferByte bytes && bytes.getSize() == length) {
      return bytes.getData();
    }
    throw new IllegalStateException(
        "the JPEG reader of this Java runtime lays out its pixels anew");
  }

  private static byte[] toRgb(JpegFile.Colours colours, byte[] samples, int pixels) {
    return switch (colours) {
      case GRAY -> spread(samples);
      case RGB -> samples;
      case YCBCR -> {
        JpegYcc.convert(samples);
        yield samples;
      }
      case CMYK -> {
        invert(samples);
        yield printed(samples, pixels);
      }
      case YCCK -> {
        JpegYcc.convert(samples, INKS);
        yield printed(samples, pixels);
      }
    };
  }

  private static byte[] spread(byte[] levels) {
    byte[] data = new byte[Math.multiplyExact(levels.length, CHANNELS)];
    for (int i = 0; i < levels.length; i++) {
      Arrays.fill(data, i * CHANNELS, (i + 1) * CHANNELS, levels[i]);
    }
    return data;
  }

  private static void invert(byte[] samples) {
    for (int i = 0; i < samples.length; i += INKS) {
      for (int c = 0; c < CHANNELS; c++) {
        samples[i + c] = (byte) ~samples[i + c];
      }
    }
  }

  /** Pillow's CMYK to RGB; the fourth sample of a pixel is what black leaves of white. */
  private static byte[] printed(byte[] samples, int pixels) {
    byte[] data = new byte[Math.multiplyExact(pixels, CHANNELS)];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int white = samples[pixel * INKS + CHANNELS] & 0xFF;
      for (int c = 0; c < CHANNELS; c++) {
        int product = (samples[pixel * INKS + c] & 0xFF) * white + 128;
        int level = white - (((product >> 8) + product) >> 8);
        data[pixel * CHANNELS + c] = clip(level);
      }
    }
    return data;
  }

  private static byte clip(int level) {
    return (byte) Math.max(0, Math.min(255, level));
  }
}

package dev.vlm4j.zoo.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/** Decodes with an image reader and takes the stored samples, without colour management. */
final class ReaderPixels {
  private ReaderPixels() {}

  static RgbImage decode(ImageFormat format, byte[] file, boolean deepGray, PixelLimit limit)
      throws IOException {
    return new StoredSamples(read(format, file, limit), deepGray, new int[0]).toRgb();
  }

  /** The reader rounds 16-bit colour maps in its own way, so they are taken from the file. */
  static RgbImage decodeTiff(byte[] file, TiffDirectory tiff, PixelLimit limit) throws IOException {
    tiff.checkColourModel();
    tiff.checkSampleBits();
    JpegFile.checkFrames(file, limit);
    Optional<TiffYcc> ycc = tiff.ycc();
    BufferedImage image = read(ImageFormat.TIFF, tiff.forReader(file, ycc.isPresent()), limit);
    RgbImage picture = new StoredSamples(image, true, tiff.colourMap()).toRgb();
    ycc.ifPresent(conversion -> conversion.convert(picture));
    return picture;
  }

  /** Only the pixels of the file reach the native library. */
  static RgbImage decodeWebp(WebpFile webp, PixelLimit limit) throws IOException {
    try {
      return decode(ImageFormat.WEBP, webp.plain(), false, limit);
    } catch (LinkageError e) {
      throw new VlmException(
          ErrorCode.IMAGE_UNSUPPORTED_FORMAT,
          "WebP needs a native library that cannot be loaded on this machine ("
              + System.getProperty("os.name")
              + ", "
              + System.getProperty("os.arch")
              + "); save the picture as PNG.",
          e);
    }
  }

  private static BufferedImage read(ImageFormat format, byte[] file, PixelLimit limit)
      throws IOException {
    try (Readers.Session session = Readers.open(format, file)) {
      session.check(limit);
      if (format == ImageFormat.TIFF) {
        TiffBounds.check(session.reader(), file.length);
      }
      BufferedImage image = session.reader().read(0);
      session.failOnWarnings();
      return image;
    }
  }
}

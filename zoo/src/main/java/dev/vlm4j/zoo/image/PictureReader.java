package dev.vlm4j.zoo.image;

import dev.vlm4j.api.Image;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** From a picture of a prompt to its pixels. */
public final class PictureReader {
  private static final ImageDecoder DECODER = new ImageDecoder();
  private static final int RGB_MASK = 0xFF;

  private PictureReader() {}

  /**
   * Returns the decoded picture.
   *
   * @throws VlmException {@code IMAGE_UNREADABLE}, {@code IMAGE_UNSUPPORTED_FORMAT} or {@code
   *     IMAGE_TOO_LARGE}
   */
  public static RgbImage read(Image image) {
    if (image instanceof Image.File file) {
      return DECODER.decode(bytes(file.path()));
    }
    if (image instanceof Image.Bytes bytes) {
      return DECODER.decode(bytes.bytes());
    }
    return pixels(((Image.Pixels) image).image());
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new VlmException(
          ErrorCode.IMAGE_UNREADABLE, "there is no picture " + path + ": check the path", e);
    } catch (IOException | OutOfMemoryError e) {
      throw new VlmException(
          ErrorCode.IMAGE_UNREADABLE, "cannot read the picture " + path + ": is it a file?", e);
    }
  }

  private static RgbImage pixels(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] data = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        data[at++] = (byte) (argb >> 16 & RGB_MASK);
        data[at++] = (byte) (argb >> 8 & RGB_MASK);
        data[at++] = (byte) (argb & RGB_MASK);
      }
    }
    return new RgbImage(width, height, data);
  }
}

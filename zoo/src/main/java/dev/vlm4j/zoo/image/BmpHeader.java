package dev.vlm4j.zoo.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The size in the header of a BMP file, which the platform's reader names as damage where it is too
 * large.
 *
 * @param width pixels in a row
 * @param height rows
 */
record BmpHeader(int width, int height) {
  private static final int SIZE = 14;
  private static final int OLD_SIZE = 12;
  private static final int COMPRESSION = 30;
  private static final int JPEG = 4;
  private static final int PNG = 5;

  /**
   * Reads a header.
   *
   * @throws UnreadableImageException for pixels in another format, which the reference does not
   *     read, and for which the platform's reader makes as much room as the header says
   */
  static BmpHeader parse(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt(SIZE) == OLD_SIZE) {
      return new BmpHeader(bytes.getShort(18) & 0xFFFF, Math.abs(bytes.getShort(20)));
    }
    int compression = bytes.getInt(COMPRESSION);
    if (compression == JPEG || compression == PNG) {
      throw new UnreadableImageException("its pixels are a picture of another format");
    }
    return new BmpHeader(bytes.getInt(18), Math.abs(bytes.getInt(22)));
  }
}

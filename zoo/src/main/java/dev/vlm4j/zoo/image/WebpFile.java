package dev.vlm4j.zoo.image;

import dev.vlm4j.spi.RgbImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Walks the chunks of a WebP file: completeness, orientation, place of the first frame. */
final class WebpFile {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int PROFILE_FLAG = 0x20;
  private static final byte[] SKIPPED_CHUNK = {'X', 'M', 'P', ' '};

  private Orientation orientation = Orientation.UPRIGHT;
  private int canvasWidth;
  private int canvasHeight;
  private int frameX;
  private int frameY;
  private boolean hasFrame;
  private int profileAt = -1;
  private int flagsAt = -1;

  private WebpFile() {}

  static WebpFile parse(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long end = CHUNK_HEADER + (bytes.getInt(4) & 0xFFFFFFFFL);
    WebpFile webp = new WebpFile();
    long at = FIRST_CHUNK;
    while (at + CHUNK_HEADER <= Math.min(end, file.length)) {
      int start = (int) at + CHUNK_HEADER;
      long length = bytes.getInt((int) at + 4) & 0xFFFFFFFFL;
      if (length > file.length - start) {
        throw new UnreadableImageException("it is truncated");
      }
      webp.chunk(bytes, (int) at, start, (int) length);
      at = start + length + (length & 1);
    }
    if (end > file.length) {
      throw new UnreadableImageException("it is truncated");
    }
    return webp;
  }

  private void chunk(ByteBuffer bytes, int at, int start, int length) {
    switch (new String(bytes.array(), at, 4, StandardCharsets.ISO_8859_1)) {
      case "ICCP" -> profileAt = at;
      case "VP8X" -> {
        flagsAt = start;
        canvasWidth = threeBytes(bytes, start + 4) + 1;
        canvasHeight = threeBytes(bytes, start + 7) + 1;
      }
      case "ANMF" -> {
        if (!hasFrame) {
          hasFrame = true;
          frameX = 2 * threeBytes(bytes, start);
          frameY = 2 * threeBytes(bytes, start + 3);
        }
      }
      case "EXIF" -> {
        int skipped = ImageFormat.starts(bytes.array(), start, "Exif\0\0") ? 6 : 0;
        orientation =
            TiffDirectory.parse(bytes.array(), start + skipped, length - skipped).orientation();
      }
      default -> {
        // The pixels are the reader's business.
      }
    }
  }

  private static int threeBytes(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xFFFF | (bytes.get(at + 2) & 0xFF) << 16;
  }

  /** Returns the file with its colour profile, which may be broken, hidden from the reader. */
  byte[] withoutProfile(byte[] file) {
    if (profileAt < 0 || flagsAt < 0) {
      return file;
    }
    byte[] copy = file.clone();
    copy[flagsAt] &= ~PROFILE_FLAG;
    // An XMP chunk is skipped without a word, an unknown one with a warning.
    System.arraycopy(SKIPPED_CHUNK, 0, copy, profileAt, SKIPPED_CHUNK.length);
    return copy;
  }

  Orientation orientation() {
    return orientation;
  }

  /** Puts the first frame of an animation where it belongs; around it is black. */
  RgbImage onCanvas(RgbImage frame, PixelLimit limit) {
    boolean whole = frame.width() == canvasWidth && frame.height() == canvasHeight;
    if (!hasFrame || whole) {
      return frame;
    }
    limit.check(canvasWidth, canvasHeight);
    byte[] data = new byte[Math.multiplyExact(canvasWidth * 3, canvasHeight)];
    for (int y = 0; y < frame.height(); y++) {
      int to = ((frameY + y) * canvasWidth + frameX) * 3;
      System.arraycopy(frame.data(), y * frame.width() * 3, data, to, frame.width() * 3);
    }
    return new RgbImage(canvasWidth, canvasHeight, data);
  }
}

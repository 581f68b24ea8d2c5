package dev.vlm4j.zoo.image;

import dev.vlm4j.spi.RgbImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks the chunks of a WebP file: completeness, orientation, pixels and place of the first frame.
 */
final class WebpFile {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;

  private final ByteBuffer bytes;
  private Orientation orientation = Orientation.UPRIGHT;
  private int canvasWidth;
  private int canvasHeight;
  private int frameX;
  private int frameY;
  private boolean animated;
  private int pixelsAt = -1;

  private WebpFile(byte[] file) {
    this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  static WebpFile parse(byte[] file) {
    WebpFile webp = new WebpFile(file);
    long end = CHUNK_HEADER + (webp.bytes.getInt(4) & 0xFFFFFFFFL);
    webp.chunks(FIRST_CHUNK, (int) Math.min(end, file.length));
    if (end > file.length) {
      throw new UnreadableImageException("it is truncated");
    }
    if (webp.pixelsAt < 0) {
      throw new UnreadableImageException("it holds no frame");
    }
    return webp;
  }

  private void chunks(int from, int end) {
    int at = from;
    while (at <= end - CHUNK_HEADER) {
      int start = at + CHUNK_HEADER;
      int length = bytes.getInt(at + 4);
      if (length < 0 || length > end - start) {
        throw new UnreadableImageException("it is truncated");
      }
      chunk(at, start, length);
      at = start + length + (length & 1);
    }
  }

  private void chunk(int at, int start, int length) {
    switch (new String(bytes.array(), at, 4, StandardCharsets.ISO_8859_1)) {
      case "VP8X" -> {
        canvasWidth = threeBytes(start + 4) + 1;
        canvasHeight = threeBytes(start + 7) + 1;
      }
      case "ANMF" -> {
        if (!animated) {
          animated = true;
          frameX = 2 * threeBytes(start);
          frameY = 2 * threeBytes(start + 3);
          chunks(start + FRAME_HEADER, start + length);
        }
      }
      case "VP8 ", "VP8L" -> pixelsAt = pixelsAt < 0 ? at : pixelsAt;
      case "EXIF" -> {
        int skipped = ImageFormat.starts(bytes.array(), start, "Exif\0\0") ? 6 : 0;
        orientation =
            TiffDirectory.parse(bytes.array(), start + skipped, length - skipped).orientation();
      }
      default -> {
        // Alpha is dropped, profiles are ignored.
      }
    }
  }

  private int threeBytes(int at) {
    return bytes.getShort(at) & 0xFFFF | (bytes.get(at + 2) & 0xFF) << 16;
  }

  /** Returns a file with the pixels of the picture, or of its first frame, and nothing else. */
  byte[] plain() {
    int length = bytes.getInt(pixelsAt + 4);
    int padded = length + (length & 1);
    ByteBuffer plain =
        ByteBuffer.allocate(FIRST_CHUNK + CHUNK_HEADER + padded).order(ByteOrder.LITTLE_ENDIAN);
    plain.put("RIFF".getBytes(StandardCharsets.ISO_8859_1));
    plain.putInt(plain.capacity() - CHUNK_HEADER);
    plain.put("WEBP".getBytes(StandardCharsets.ISO_8859_1));
    plain.put(bytes.array(), pixelsAt, CHUNK_HEADER + length);
    return plain.array();
  }

  Orientation orientation() {
    return orientation;
  }

  /** Puts the first frame of an animation where it belongs; around it is black. */
  RgbImage onCanvas(RgbImage frame, PixelLimit limit) {
    boolean whole = frame.width() == canvasWidth && frame.height() == canvasHeight;
    if (whole || canvasWidth == 0) {
      return frame;
    }
    if (!animated) {
      throw new UnreadableImageException("its headers give two sizes");
    }
    limit.check(canvasWidth, canvasHeight);
    byte[] data = new byte[Math.multiplyExact(Math.multiplyExact(canvasWidth, 3), canvasHeight)];
    for (int y = 0; y < frame.height(); y++) {
      int to = ((frameY + y) * canvasWidth + frameX) * 3;
      System.arraycopy(frame.data(), y * frame.width() * 3, data, to, frame.width() * 3);
    }
    return new RgbImage(canvasWidth, canvasHeight, data);
  }
}

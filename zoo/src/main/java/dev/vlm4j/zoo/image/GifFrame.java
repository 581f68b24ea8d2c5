package dev.vlm4j.zoo.image;

import dev.vlm4j.spi.RgbImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalInt;

/** Decodes the first frame of a GIF onto its screen. */
final class GifFrame {
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int GRAPHIC_CONTROL = 0xF9;

  private final ByteBuffer in;
  private final PixelLimit limit;
  private OptionalInt transparent = OptionalInt.empty();

  GifFrame(byte[] file, PixelLimit limit) {
    this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    this.limit = limit;
  }

  RgbImage decode() {
    Header header = header();
    limit.check(header.width, header.height);
    int screenWidth = Math.max(header.screenWidth, header.left + header.width);
    int screenHeight = Math.max(header.screenHeight, header.top + header.height);
    limit.check(screenWidth, screenHeight);
    byte[] indices = new GifLzw(in).decode(header.width * header.height);
    Screen screen = new Screen(screenWidth, screenHeight, header.palette, transparent.orElse(0));
    screen.draw(indices, header.left, header.top, header.width, header.interlaced);
    return new RgbImage(screenWidth, screenHeight, screen.data);
  }

  /** Returns the colour of the transparent entry of the palette. */
  OptionalInt keyColour() {
    ByteBuffer palette = ByteBuffer.wrap(header().palette);
    return transparent.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(KeyColour.ofEntry(palette, transparent.getAsInt()));
  }

  /** Reads everything before the pixels. */
  private Header header() {
    in.position(6);
    int screenWidth = in.getShort() & 0xFFFF;
    int screenHeight = in.getShort() & 0xFFFF;
    int flags = in.get();
    in.position(in.position() + 2);
    byte[] palette = palette(flags);
    skipToImage();
    int left = in.getShort() & 0xFFFF;
    int top = in.getShort() & 0xFFFF;
    int width = in.getShort() & 0xFFFF;
    int height = in.getShort() & 0xFFFF;
    int frameFlags = in.get();
    byte[] local = (frameFlags & 0x80) != 0 ? palette(frameFlags) : palette;
    boolean interlaced = (frameFlags & 0x40) != 0;
    return new Header(screenWidth, screenHeight, left, top, width, height, interlaced, local);
  }

  private record Header(
      int screenWidth,
      int screenHeight,
      int left,
      int top,
      int width,
      int height,
      boolean interlaced,
      byte[] palette) {}

  /** Reads a colour table; a file without one counts as gray. */
  private byte[] palette(int flags) {
    byte[] palette = new byte[256 * 3];
    if ((flags & 0x80) == 0) {
      for (int i = 0; i < palette.length; i++) {
        palette[i] = (byte) (i / 3);
      }
    } else {
      in.get(palette, 0, 3 << ((flags & 7) + 1));
    }
    return palette;
  }

  private void skipToImage() {
    int block = in.get() & 0xFF;
    while (block != IMAGE) {
      if (block != EXTENSION) {
        throw new UnreadableImageException("it holds no frame");
      }
      extension(in.get() & 0xFF);
      block = in.get() & 0xFF;
    }
  }

  private void extension(int label) {
    int start = in.position();
    if (label == GRAPHIC_CONTROL && in.get(start) >= 4 && (in.get(start + 1) & 1) != 0) {
      transparent = OptionalInt.of(in.get(start + 4) & 0xFF);
    }
    int length = in.get() & 0xFF;
    while (length != 0) {
      in.position(in.position() + length);
      length = in.get() & 0xFF;
    }
  }

  /** The picture that the frame is drawn on; what it leaves free has the transparent colour. */
  private static final class Screen {
    private static final int[][] INTERLACED = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
    private static final int[][] PROGRESSIVE = {{0, 1}};

    private final int width;
    private final byte[] palette;
    private final byte[] data;

    Screen(int width, int height, byte[] palette, int background) {
      this.width = width;
      this.palette = palette;
      this.data = new byte[Math.multiplyExact(width * 3, height)];
      for (int i = 0; i < data.length; i += 3) {
        System.arraycopy(palette, background * 3, data, i, 3);
      }
    }

    void draw(byte[] indices, int left, int top, int frameWidth, boolean interlaced) {
      int rows = indices.length / frameWidth;
      int next = 0;
      for (int[] pass : interlaced ? INTERLACED : PROGRESSIVE) {
        for (int row = pass[0]; row < rows; row += pass[1]) {
          byte[] line = Arrays.copyOfRange(indices, next, next + frameWidth);
          drawRow(line, ((top + row) * width + left) * 3);
          next += frameWidth;
        }
      }
    }

    private void drawRow(byte[] line, int to) {
      for (int x = 0; x < line.length; x++) {
        System.arraycopy(palette, (line[x] & 0xFF) * 3, data, to + 3 * x, 3);
      }
    }
  }
}

package dev.vlm4j.zoo.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The one colour that a PNG or GIF file declares transparent, as the reference's loader remembers
 * it beside the pixels: levels of gray as they are stored, and of gray that is not of 2 to 8 bits
 * the low byte of the sample alone, as red. Several transparent colours of a palette are forgotten.
 */
final class KeyColour {
  private static final int SIGNATURE = 8;
  private static final int CHUNK_OVERHEAD = 12;
  private static final int BIT_DEPTH = 24;
  private static final int COLOUR_TYPE = 25;
  private static final int GRAY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int OPAQUE = 0xFF;

  private KeyColour() {}

  /** Returns the colour {@code 0xRRGGBB} of a file that can be decoded; empty if there is none. */
  static OptionalInt of(byte[] file) {
    return switch (ImageFormat.of(file)) {
      case PNG -> ofPng(file);
      case GIF -> new GifFrame(file, new PixelLimit(Long.MAX_VALUE)).keyColour();
      default -> OptionalInt.empty();
    };
  }

  private static OptionalInt ofPng(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    ByteBuffer palette = ByteBuffer.allocate(0);
    for (int at = SIGNATURE; at <= file.length - CHUNK_OVERHEAD; ) {
      int length = bytes.getInt(at);
      if (length < 0 || length > file.length - CHUNK_OVERHEAD - at) {
        break;
      }
      String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (type.equals("PLTE")) {
        palette = bytes.slice(at + 8, length);
      } else if (type.equals("tRNS")) {
        return colour(file, bytes.slice(at + 8, length), palette);
      } else if (type.equals("IDAT")) {
        break;
      }
      at += length + CHUNK_OVERHEAD;
    }
    return OptionalInt.empty();
  }

  private static OptionalInt colour(byte[] file, ByteBuffer transparency, ByteBuffer palette) {
    int type = file[COLOUR_TYPE];
    if (type == PALETTE) {
      return ofPalette(transparency, palette);
    }
    if (type == GRAY && transparency.limit() >= 2) {
      int level = transparency.get(1) & 0xFF;
      boolean whole = file[BIT_DEPTH] > 1 && file[BIT_DEPTH] <= 8;
      return OptionalInt.of(whole ? level * 0x010101 : level << 16);
    }
    if (type == RGB && transparency.limit() >= 6) {
      return OptionalInt.of(
          (transparency.get(1) & 0xFF) << 16
              | (transparency.get(3) & 0xFF) << 8
              | (transparency.get(5) & 0xFF));
    }
    return OptionalInt.empty();
  }

  private static OptionalInt ofPalette(ByteBuffer transparency, ByteBuffer palette) {
    int transparent = -1;
    for (int i = 0; i < transparency.limit(); i++) {
      int alpha = transparency.get(i) & 0xFF;
      if (alpha == 0 && transparent < 0) {
        transparent = i;
      } else if (alpha != OPAQUE) {
        return OptionalInt.empty();
      }
    }
    return transparent < 0 ? OptionalInt.empty() : OptionalInt.of(ofEntry(palette, transparent));
  }

  /** An entry that the palette lacks is black. */
  static int ofEntry(ByteBuffer palette, int entry) {
    int at = 3 * entry;
    return at + 3 > palette.limit()
        ? 0
        : (palette.get(at) & 0xFF) << 16
            | (palette.get(at + 1) & 0xFF) << 8
            | (palette.get(at + 2) & 0xFF);
  }
}

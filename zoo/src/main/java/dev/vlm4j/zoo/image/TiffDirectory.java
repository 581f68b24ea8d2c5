package dev.vlm4j.zoo.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The short values in the first directory of a TIFF structure, which EXIF data is too. What is
 * damaged counts as absent, because the reference ignores it as well.
 */
final class TiffDirectory {
  private static final int ORIENTATION = 0x0112;
  private static final int BITS_PER_SAMPLE = 0x0102;
  private static final Set<Integer> SAMPLE_BITS = Set.of(1, 2, 4, 8, 12, 16, 32, 64);
  private static final int COLOUR_MAP = 0x0140;
  private static final int PHOTOMETRIC = 0x0106;
  private static final int ICC_PROFILE = 0x8773;
  private static final int UNKNOWN_TAG = 0x8774;
  private static final int LAST_GRAY_RGB_OR_PALETTE = 3;
  private static final int YCBCR = 6;
  private static final int SHORT_TYPE = 3;
  private static final int ENTRY = 12;

  private final ByteBuffer tiff;
  private final Map<Integer, Integer> entries = new HashMap<>();
  private int profileEntry = -1;

  private TiffDirectory(ByteBuffer tiff) {
    this.tiff = tiff;
  }

  static TiffDirectory parse(byte[] bytes, int offset, int length) {
    int present = Math.max(0, Math.min(length, bytes.length - offset));
    ByteBuffer tiff = ByteBuffer.wrap(bytes, Math.min(offset, bytes.length), present).slice();
    TiffDirectory directory = new TiffDirectory(tiff);
    if (present >= 8) {
      tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      directory.index(tiff.getInt(4));
    }
    return directory;
  }

  private void index(int start) {
    if (start < 8 || start > tiff.capacity() - 2) {
      return;
    }
    int count = tiff.getShort(start) & 0xFFFF;
    int first = start + 2;
    for (int i = 0; i < count && first + ENTRY * (i + 1) <= tiff.capacity(); i++) {
      int entry = first + ENTRY * i;
      if ((tiff.getShort(entry) & 0xFFFF) == ICC_PROFILE) {
        profileEntry = entry;
      }
      if (tiff.getShort(entry + 2) == SHORT_TYPE) {
        entries.putIfAbsent(tiff.getShort(entry) & 0xFFFF, entry);
      }
    }
  }

  Orientation orientation() {
    Integer entry = entries.get(ORIENTATION);
    return entry == null ? Orientation.UPRIGHT : Orientation.ofNumber(tiff.getShort(entry + 8));
  }

  /** Refuses colour models whose samples would be taken for RGB. */
  void checkColourModel() {
    Integer entry = entries.get(PHOTOMETRIC);
    if (entry != null) {
      int model = tiff.getShort(entry + 8) & 0xFFFF;
      if (model > LAST_GRAY_RGB_OR_PALETTE && model != YCBCR) {
        throw new UnreadableImageException("it is neither gray nor RGB nor of a palette");
      }
    }
  }

  /**
   * Refuses samples of other sizes than pictures have, and of different ones, as the reference
   * does: the reader would make tables for them, of half a gigabyte for 27 bits.
   *
   * @throws UnreadableImageException if there are such
   */
  void checkSampleBits() {
    Integer entry = entries.get(BITS_PER_SAMPLE);
    if (entry == null) {
      return;
    }
    int count = tiff.getInt(entry + 4);
    int start = count <= 2 ? entry + 8 : tiff.getInt(entry + 8);
    for (int i = 0; i < count; i++) {
      long at = start + 2L * i;
      if (start < 0 || at > tiff.capacity() - 2) {
        throw new UnreadableImageException("the sizes of its samples lie outside of the file");
      }
      int bits = tiff.getShort((int) at) & 0xFFFF;
      if (!SAMPLE_BITS.contains(bits) || bits != (tiff.getShort(start) & 0xFFFF)) {
        throw new UnreadableImageException("it has samples of " + bits + " bits");
      }
    }
  }

  /** Returns the file with its colour profile, which may be broken, hidden from the reader. */
  byte[] withoutProfile(byte[] file) {
    if (profileEntry < 0) {
      return file;
    }
    byte[] copy = file.clone();
    ByteBuffer.wrap(copy).order(tiff.order()).putShort(profileEntry, (short) UNKNOWN_TAG);
    return copy;
  }

  /**
   * Returns the 16-bit colour map, all red first, then green, then blue; empty if there is none.
   */
  int[] colourMap() {
    Integer entry = entries.get(COLOUR_MAP);
    if (entry == null) {
      return new int[0];
    }
    int count = tiff.getInt(entry + 4);
    int start = tiff.getInt(entry + 8);
    if (count < 3 || start < 0 || start > tiff.capacity() - 2L * count) {
      return new int[0];
    }
    int[] map = new int[count];
    for (int i = 0; i < count; i++) {
      map[i] = tiff.getShort(start + 2 * i) & 0xFFFF;
    }
    return map;
  }
}

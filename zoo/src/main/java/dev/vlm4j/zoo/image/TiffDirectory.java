package dev.vlm4j.zoo.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
  private static final int RGB = 2;
  private static final int COMPRESSION = 0x0103;
  private static final int NOT_COMPRESSED = 1;

  /** LZW, two numbers of Deflate, and PackBits: what leaves samples as they are. */
  private static final Set<Integer> LOSSLESS = Set.of(5, 8, 32946, 32773);

  private static final int YCC_WEIGHTS = 0x0211;
  private static final int YCC_SAMPLING = 0x0212;
  private static final int REFERENCE_LEVELS = 0x0214;
  private static final float[] DEFAULT_WEIGHTS = {0.299f, 0.587f, 0.114f};
  private static final float[] DEFAULT_LEVELS = {0, 255, 128, 255, 128, 255};
  private static final int RATIONAL_TYPE = 5;
  private static final int RATIONAL = 8;
  private static final int LAST_GRAY_RGB_OR_PALETTE = 3;
  private static final int YCBCR = 6;
  private static final int SHORT_TYPE = 3;
  private static final int ENTRY = 12;

  private final ByteBuffer tiff;
  private final Map<Integer, Integer> entries = new HashMap<>();
  private final Map<Integer, Integer> rationals = new HashMap<>();
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
      } else if (tiff.getShort(entry + 2) == RATIONAL_TYPE) {
        rationals.putIfAbsent(tiff.getShort(entry) & 0xFFFF, entry);
      }
    }
  }

  Orientation orientation() {
    Integer entry = entries.get(ORIENTATION);
    return entry == null ? Orientation.UPRIGHT : Orientation.ofNumber(tiff.getShort(entry + 8));
  }

  private int value(int tag, int fallback) {
    Integer entry = entries.get(tag);
    return entry == null ? fallback : tiff.getShort(entry + 8) & 0xFFFF;
  }

  /**
   * Returns how to convert samples of luminance and colour differences that the reader leaves as
   * they are; empty if there are none, or JPEG's, which the reader converts.
   *
   * @throws UnreadableImageException for differences of fewer pixels than the luminance
   */
  Optional<TiffYcc> ycc() {
    int compression = value(COMPRESSION, NOT_COMPRESSED);
    if (value(PHOTOMETRIC, RGB) != YCBCR) {
      return Optional.empty();
    }
    if (compression == NOT_COMPRESSED) {
      return Optional.of(TiffYcc.plain());
    }
    if (!LOSSLESS.contains(compression)) {
      return Optional.empty();
    }
    Integer sampling = entries.get(YCC_SAMPLING);
    if (sampling == null || tiff.getShort(sampling + 8) != 1 || tiff.getShort(sampling + 10) != 1) {
      throw new UnreadableImageException("its colours have fewer samples than its luminance");
    }
    return Optional.of(
        TiffYcc.packed(
            reals(YCC_WEIGHTS, DEFAULT_WEIGHTS), reals(REFERENCE_LEVELS, DEFAULT_LEVELS)));
  }

  private float[] reals(int tag, float[] fallback) {
    Integer entry = rationals.get(tag);
    int start = entry == null ? -1 : tiff.getInt(entry + 8);
    if (entry == null
        || tiff.getInt(entry + 4) != fallback.length
        || start < 0
        || start > tiff.capacity() - RATIONAL * fallback.length) {
      return fallback;
    }
    float[] values = new float[fallback.length];
    for (int i = 0; i < values.length; i++) {
      long numerator = tiff.getInt(start + RATIONAL * i) & 0xFFFFFFFFL;
      long denominator = tiff.getInt(start + RATIONAL * i + 4) & 0xFFFFFFFFL;
      values[i] = denominator == 0 ? 0 : (float) ((double) numerator / denominator);
    }
    return values;
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

  /**
   * Returns the file with its colour profile, which may be broken, hidden from the reader.
   *
   * @param samples whether the reader is to take all samples for RGB, and leave them as they are
   */
  byte[] forReader(byte[] file, boolean samples) {
    if (profileEntry < 0 && !samples) {
      return file;
    }
    ByteBuffer copy = ByteBuffer.wrap(file.clone()).order(tiff.order());
    if (profileEntry >= 0) {
      copy.putShort(profileEntry, (short) UNKNOWN_TAG);
    }
    Integer photometric = entries.get(PHOTOMETRIC);
    if (samples && photometric != null) {
      copy.putShort(photometric + 8, (short) RGB);
    }
    return copy.array();
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

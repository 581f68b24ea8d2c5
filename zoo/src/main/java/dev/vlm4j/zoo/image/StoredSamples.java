package dev.vlm4j.zoo.image;

import dev.vlm4j.spi.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Converts the samples of a decoded picture to 8-bit RGB as Pillow's convert("RGB") does. */
final class StoredSamples {
  private static final int LEVELS = 256;

  private final Raster raster;
  private final ColorModel colours;
  private final byte[] data;
  private final boolean deepGray;
  private final int[] colourMap;

  /**
   * Takes a decoded picture.
   *
   * @param deepGray whether 16-bit gray is cut off at 255 instead of keeping its high byte
   * @param colourMap 16-bit palette, all red first; empty to use the palette of the picture
   */
  StoredSamples(BufferedImage image, boolean deepGray, int[] colourMap) {
    this.deepGray = deepGray;
    this.colourMap = colourMap;
    this.raster = image.getRaster();
    this.colours = image.getColorModel();
    this.data =
        new byte[Math.multiplyExact(Math.multiplyExact(image.getWidth(), image.getHeight()), 3)];
  }

  RgbImage toRgb() {
    int bands = raster.getNumBands();
    if (colours instanceof IndexColorModel palette) {
      fill(0, paletteLevels(palette, 0), paletteLevels(palette, 1), paletteLevels(palette, 2));
    } else if (bands <= 2) {
      byte[] levels = grayLevels();
      fill(0, levels, levels, levels);
    } else {
      fill(1, colourLevels(0), colourLevels(1), colourLevels(2));
    }
    return new RgbImage(raster.getWidth(), raster.getHeight(), data);
  }

  /** Looks every sample up; {@code step} is the distance between the bands of the channels. */
  private void fill(int step, byte[]... levels) {
    int width = raster.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int c = 0; c < 3; c++) {
        raster.getSamples(0, y, width, 1, c * step, row);
        int out = y * width * 3 + c;
        for (int x = 0; x < width; x++, out += 3) {
          data[out] = levels[c][row[x]];
        }
      }
    }
  }

  private byte[] paletteLevels(IndexColorModel palette, int channel) {
    int entries = colourMap.length / 3;
    if (entries > 0) {
      byte[] levels = new byte[Math.max(LEVELS, entries)];
      for (int i = 0; i < entries; i++) {
        levels[i] = (byte) (colourMap[channel * entries + i] >> 8);
      }
      return levels;
    }
    byte[] levels = new byte[Math.max(LEVELS, palette.getMapSize())];
    for (int i = 0; i < palette.getMapSize(); i++) {
      levels[i] =
          (byte)
              switch (channel) {
                case 0 -> palette.getRed(i);
                case 1 -> palette.getGreen(i);
                default -> palette.getBlue(i);
              };
    }
    return levels;
  }

  private byte[] grayLevels() {
    if (sampleBits(0) < 16 || !deepGray) {
      return colourLevels(0);
    }
    byte[] levels = new byte[1 << 16];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) Math.min(i, 255);
    }
    return levels;
  }

  /** Samples below 8 bits are spread over 0..255, samples of 16 bits keep their high byte. */
  private byte[] colourLevels(int band) {
    int size = sampleBits(band);
    int max = (1 << size) - 1;
    byte[] levels = new byte[max + 1];
    for (int i = 0; i <= max; i++) {
      levels[i] = (byte) (size == 16 ? i >> 8 : i * 255 / max);
    }
    return levels;
  }

  private int sampleBits(int band) {
    int type = raster.getTransferType();
    boolean integral =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT;
    int size = raster.getSampleModel().getSampleSize(band);
    if (!integral || size > 16) {
      throw new UnreadableImageException("its samples are not of 1 to 16 bits");
    }
    return size;
  }
}

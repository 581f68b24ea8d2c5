package dev.vlm4j.zoo.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;

/**
 * What the limit of pixels does not bound in a TIFF file. The reader is asked, because in a damaged
 * directory it finds entries where others find none.
 */
final class TiffBounds {
  /** For one pixel, as many as the reference takes. */
  private static final int MOST_SAMPLES = 6;

  /** The reader makes room for as many bytes as they say. */
  private static final List<Integer> BYTE_COUNTS =
      List.of(
          BaselineTIFFTagSet.TAG_STRIP_BYTE_COUNTS,
          BaselineTIFFTagSet.TAG_TILE_BYTE_COUNTS,
          BaselineTIFFTagSet.TAG_JPEG_INTERCHANGE_FORMAT_LENGTH);

  private TiffBounds() {}

  /**
   * Refuses more samples for every pixel than pictures have, and pixels that take more bytes than
   * the file.
   *
   * @throws UnreadableImageException if there are such
   */
  static void check(ImageReader reader, long fileBytes) throws IOException {
    int samples = reader.getRawImageType(0).getNumBands();
    if (samples > MOST_SAMPLES) {
      throw new UnreadableImageException("it has " + samples + " samples for every pixel");
    }
    TIFFDirectory directory = TIFFDirectory.createFromMetadata(reader.getImageMetadata(0));
    for (int tag : BYTE_COUNTS) {
      TIFFField counts = directory.getTIFFField(tag);
      if (counts != null
          && Arrays.stream(counts.getAsLongs()).anyMatch(count -> count < 0 || count > fileBytes)) {
        throw new UnreadableImageException("its pixels take more bytes than it has");
      }
    }
  }
}

package dev.vlm4j.zoo.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Walks the chunks of a PNG file: proves that it is complete and finds the orientation.
 *
 * @param deepGray whether the samples are gray of 16 bits without an alpha channel
 */
record PngFile(Orientation orientation, boolean deepGray) {
  private static final int SIGNATURE = 8;
  private static final int CHUNK_OVERHEAD = 12;
  private static final int BIT_DEPTH = 24;
  private static final int COLOUR_TYPE = 25;

  static PngFile parse(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    Orientation orientation = Orientation.UPRIGHT;
    for (int at = SIGNATURE; at <= file.length - CHUNK_OVERHEAD; ) {
      int length = bytes.getInt(at);
      if (length < 0 || length > file.length - CHUNK_OVERHEAD - at) {
        break;
      }
      String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      checkSum(file, at, length, type);
      if (type.equals("eXIf")) {
        orientation = TiffDirectory.parse(file, at + 8, length).orientation();
      }
      if (type.equals("IEND")) {
        return new PngFile(orientation, file[BIT_DEPTH] == 16 && file[COLOUR_TYPE] == 0);
      }
      at += length + CHUNK_OVERHEAD;
    }
    throw new UnreadableImageException("it ends before its last chunk");
  }

  private static void checkSum(byte[] file, int at, int length, String type) {
    boolean critical = Character.isUpperCase(type.charAt(0));
    if (critical) {
      CRC32 sum = new CRC32();
      sum.update(file, at + 4, length + 4);
      if ((int) sum.getValue() != ByteBuffer.wrap(file).getInt(at + 8 + length)) {
        throw new UnreadableImageException("the check sum of a chunk is wrong");
      }
    }
  }
}

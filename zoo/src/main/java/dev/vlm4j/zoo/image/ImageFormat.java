package dev.vlm4j.zoo.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.nio.charset.StandardCharsets;

/** Picture formats that are decoded, told apart by the first bytes and nothing else. */
enum ImageFormat {
  PNG,
  JPEG,
  GIF,
  BMP,
  TIFF,
  WEBP;

  private static final String KNOWN = "use PNG, JPEG, WebP, GIF (first frame), BMP or TIFF.";

  /** Finds the format of a file. */
  static ImageFormat of(byte[] file) {
    if (starts(file, 0, "\u0089PNG\r\n\u001A\n")) {
      return PNG;
    }
    if (starts(file, 0, "\u00FF\u00D8\u00FF")) {
      return JPEG;
    }
    if (starts(file, 0, "GIF87a") || starts(file, 0, "GIF89a")) {
      return GIF;
    }
    if (starts(file, 0, "BM")) {
      return BMP;
    }
    if (starts(file, 0, "II*\0") || starts(file, 0, "MM\0*")) {
      return TIFF;
    }
    if (starts(file, 0, "RIFF") && starts(file, 8, "WEBP")) {
      return WEBP;
    }
    throw unsupported(file);
  }

  private static VlmException unsupported(byte[] file) {
    String name = isoMediaName(file);
    String cause =
        file.length == 0
            ? "The picture is empty"
            : name.isEmpty()
                ? "The picture has no known format"
                : "Pictures in the format " + name + " are not supported";
    return new VlmException(ErrorCode.IMAGE_UNSUPPORTED_FORMAT, cause + "; " + KNOWN);
  }

  /** Names the formats that people often have but that cannot be decoded here. */
  private static String isoMediaName(byte[] file) {
    if (!starts(file, 4, "ftyp") || file.length < 12) {
      return "";
    }
    String brand = new String(file, 8, 4, StandardCharsets.ISO_8859_1);
    return switch (brand) {
      case "avif", "avis" -> "AVIF";
      case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1" -> "HEIC";
      default -> "";
    };
  }

  static boolean starts(byte[] file, int offset, String magic) {
    byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
    if (file.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (file[offset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}

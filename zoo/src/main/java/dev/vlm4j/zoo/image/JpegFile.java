package dev.vlm4j.zoo.image;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the marker segments of a JPEG file say.
 *
 * @param colours how the stored components relate to RGB
 * @param orientation how the pixels must be turned
 * @param plain the file with its colour profile, which may be broken, hidden from the reader
 */
record JpegFile(Colours colours, Orientation orientation, byte[] plain) {
  enum Colours {
    GRAY,
    YCBCR,
    RGB,
    CMYK,
    YCCK
  }

  private static final int SOI_LENGTH = 2;

  /** Length, precision, height, width and number of components; each of them takes 3 more. */
  private static final int FRAME_LENGTH = 8;

  private static final String EXIF = "Exif\0\0";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";

  static JpegFile parse(byte[] file) {
    Walk walk = new Walk(file);
    walk.run();
    return new JpegFile(walk.colours(), walk.orientation(), walk.plain);
  }

  /**
   * Checks what JPEG streams inside of another file say of their size, which need not be what that
   * file says: the reader makes room for it.
   *
   * @throws dev.vlm4j.error.VlmException {@code IMAGE_TOO_LARGE} if one is
   */
  static void checkFrames(byte[] container, PixelLimit limit) {
    ByteBuffer bytes = ByteBuffer.wrap(container);
    for (int at = 0; at + FRAME_LENGTH + 2 <= container.length; at++) {
      if (container[at] == (byte) 0xFF && Walk.isFrame(container[at + 1] & 0xFF)) {
        int components = container[at + 9] & 0xFF;
        int length = bytes.getShort(at + 2) & 0xFFFF;
        if (components >= 1 && components <= 4 && length == FRAME_LENGTH + 3 * components) {
          int height = bytes.getShort(at + 5) & 0xFFFF;
          int width = bytes.getShort(at + 7) & 0xFFFF;
          limit.check(Math.max(width, 1), Math.max(height, 1));
        }
      }
    }
  }

  /** One pass over the segments in front of the first scan. */
  private static final class Walk {
    private final byte[] file;
    private byte[] plain;
    private boolean jfif;
    private int adobeTransform = -1;
    private int frame = -1;
    private @Nullable Orientation exif;
    private @Nullable Orientation xmp;

    Walk(byte[] file) {
      this.file = file;
      this.plain = file;
    }

    void run() {
      int at = SOI_LENGTH;
      while (at + 4 <= file.length) {
        int marker = file[at + 1] & 0xFF;
        if ((file[at] & 0xFF) != 0xFF) {
          throw new UnreadableImageException("a marker is missing");
        }
        if (marker == 0xFF) {
          at++;
          continue;
        }
        int length = (file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF;
        if (marker == 0xDA) {
          return;
        }
        if (length < 2 || length > file.length - at - 2) {
          break;
        }
        segment(marker, at + 4, length - 2);
        at += 2 + length;
      }
      throw new UnreadableImageException("it ends before the pixels begin");
    }

    private void segment(int marker, int start, int length) {
      if (marker == 0xE0 && ImageFormat.starts(file, start, "JFIF\0")) {
        jfif = true;
      } else if (marker == 0xE1 && exif == null && ImageFormat.starts(file, start, EXIF)) {
        exif =
            TiffDirectory.parse(file, start + EXIF.length(), length - EXIF.length()).orientation();
      } else if (marker == 0xE1 && ImageFormat.starts(file, start, XMP)) {
        xmp = Orientation.ofXmp(file, start, length);
      } else if (marker == 0xE2 && ImageFormat.starts(file, start, "ICC_PROFILE\0")) {
        plain = plain == file ? file.clone() : plain;
        plain[start - 3] = (byte) 0xEF;
      } else if (marker == 0xEE && length >= 12 && ImageFormat.starts(file, start, "Adobe")) {
        adobeTransform = file[start + 11] & 0xFF;
      } else if (isFrame(marker) && length >= 6) {
        frame = start;
      }
    }

    private static boolean isFrame(int marker) {
      boolean table = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
      return marker >= 0xC0 && marker <= 0xCF && !table;
    }

    Colours colours() {
      if (frame < 0) {
        throw new UnreadableImageException("it has no frame header");
      }
      return switch (file[frame + 5]) {
        case 1 -> Colours.GRAY;
        case 3 -> isRgb() ? Colours.RGB : Colours.YCBCR;
        case 4 -> adobeTransform > 0 ? Colours.YCCK : Colours.CMYK;
        default -> throw new UnreadableImageException("it has an odd number of colour components");
      };
    }

    private boolean isRgb() {
      if (jfif || adobeTransform >= 0) {
        return !jfif && adobeTransform == 0;
      }
      return file[frame + 6] == 'R' && file[frame + 9] == 'G' && file[frame + 12] == 'B';
    }

    Orientation orientation() {
      if (exif != null && exif != Orientation.UPRIGHT) {
        return exif;
      }
      return xmp == null ? Orientation.UPRIGHT : xmp;
    }
  }
}

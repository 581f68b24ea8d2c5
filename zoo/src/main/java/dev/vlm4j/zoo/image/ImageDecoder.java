package dev.vlm4j.zoo.image;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import java.io.IOException;

/**
 * Decodes picture files as the reference loads them: EXIF orientation applied, then plain RGB.
 *
 * <p>Alpha and transparent colours are dropped, not blended. 16-bit gray is cut off at 255, 16-bit
 * colour keeps its high bytes. Colour profiles are ignored. Of a GIF or an animated WebP the first
 * frame counts. A picture that is truncated or corrupt is an error, never half a picture.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class ImageDecoder {
  /** The limit if none is given: 178,956,970 pixels. */
  public static final long DEFAULT_MAX_PIXELS = 178_956_970L;

  private final PixelLimit limit;

  /** Creates a decoder with the default limit. */
  public ImageDecoder() {
    this(DEFAULT_MAX_PIXELS);
  }

  /**
   * Creates a decoder with a limit of its own.
   *
   * @param maxPixels largest width times height that is decoded, at least 1
   * @throws VlmException {@code INVALID_ARGUMENT} if the limit is below 1
   */
  public ImageDecoder(long maxPixels) {
    if (maxPixels < 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "The pixel limit must be at least 1, got " + maxPixels + ".");
    }
    this.limit = new PixelLimit(maxPixels);
  }

  /**
   * Decodes one picture; the format is found by content.
   *
   * @param file a complete PNG, JPEG, WebP, GIF, BMP or TIFF file; not changed
   * @throws VlmException {@code IMAGE_UNSUPPORTED_FORMAT} for another format, {@code
   *     IMAGE_TOO_LARGE} above the pixel limit or the memory, {@code IMAGE_UNREADABLE} for a file
   *     that is truncated, corrupt or uses a rare variant of its format
   */
  public RgbImage decode(byte[] file) {
    ImageFormat format = ImageFormat.of(file);
    try {
      return contained(format, file);
    } catch (OutOfMemoryError e) {
      throw tooLarge(format, e);
    }
  }

  /** Hostile files make decoders fail in any way; all of them become one typed error. */
  private RgbImage contained(ImageFormat format, byte[] file) {
    try {
      return upright(format, file);
    } catch (VlmException e) {
      throw e;
    } catch (UnreadableImageException e) {
      throw unreadable(format, ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      if (e.getCause() instanceof OutOfMemoryError) {
        throw tooLarge(format, e);
      }
      throw unreadable(format, ": it is truncated, corrupt or of a rare kind", e);
    }
  }

  private RgbImage upright(ImageFormat format, byte[] file) throws IOException {
    return switch (format) {
      case PNG -> {
        PngFile png = PngFile.parse(file);
        yield png.orientation().apply(ReaderPixels.decode(format, file, png.deepGray(), limit));
      }
      case JPEG -> {
        JpegFile jpeg = JpegFile.parse(file);
        yield jpeg.orientation().apply(JpegPixels.decode(jpeg, limit));
      }
      case WEBP -> {
        WebpFile webp = WebpFile.parse(file);
        yield webp.orientation().apply(webp.onCanvas(ReaderPixels.decodeWebp(webp, limit), limit));
      }
      case TIFF -> {
        TiffDirectory tiff = TiffDirectory.parse(file, 0, file.length);
        yield tiff.orientation().apply(ReaderPixels.decodeTiff(file, tiff, limit));
      }
      case GIF -> new GifFrame(file, limit).decode();
      case BMP -> {
        BmpHeader header = BmpHeader.parse(file);
        limit.check(header.width(), header.height());
        yield ReaderPixels.decode(format, file, false, limit);
      }
    };
  }

  private static VlmException tooLarge(ImageFormat format, Throwable failure) {
    return new VlmException(
        ErrorCode.IMAGE_TOO_LARGE,
        "The "
            + format
            + " picture does not fit in memory; shrink it or give the virtual machine"
            + " more memory.",
        failure);
  }

  private static VlmException unreadable(ImageFormat format, String cause, Throwable failure) {
    return new VlmException(
        ErrorCode.IMAGE_UNREADABLE,
        "The "
            + format
            + " picture cannot be read"
            + cause
            + ". Save it again, best as PNG, and retry.",
        failure);
  }
}

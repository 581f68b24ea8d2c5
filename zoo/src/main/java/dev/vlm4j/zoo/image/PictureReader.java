package dev.vlm4j.zoo.image;

import dev.vlm4j.api.Image;
import dev.vlm4j.api.PicturePolicy;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.zoo.fetch.PictureFetch;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** From a picture of a prompt to its pixels, as far as a policy allows. Thread-safe. */
public final class PictureReader {
  private static final ImageDecoder DECODER = new ImageDecoder();

  private final PicturePolicy policy;

  /** Creates a reader for one policy. */
  public PictureReader(PicturePolicy policy) {
    this.policy = policy;
  }

  /**
   * Returns the decoded picture.
   *
   * @throws VlmException {@code IMAGE_UNREADABLE}, {@code IMAGE_UNSUPPORTED_FORMAT}, {@code
   *     IMAGE_TOO_LARGE}, {@code IMAGE_SOURCE_REFUSED} or {@code IMAGE_FETCH_FAILED}
   */
  public RgbImage read(Image image) {
    return decode(image).image();
  }

  /**
   * Returns the decoded picture, and which colour of it is transparent.
   *
   * @throws VlmException as {@link #read}
   */
  public DecodedPicture decode(Image image) {
    if (image instanceof Image.Pixels pixels) {
      return new DecodedPicture(PicturePixels.of(pixels.image()), OptionalInt.empty());
    }
    byte[] file = file(image);
    try {
      return new DecodedPicture(DECODER.decode(file), KeyColour.of(file));
    } catch (VlmException e) {
      throw new VlmException(e.code(), name(image) + e.getMessage(), e);
    }
  }

  /** Among many pictures the one that is broken must be found. */
  private static String name(Image image) {
    if (image instanceof Image.File file) {
      return file.path() + ": ";
    }
    return image instanceof Image.Url url ? PictureFetch.shown(url.address()) + ": " : "";
  }

  private byte[] file(Image image) {
    if (image instanceof Image.File file) {
      return bytes(file.path());
    }
    if (image instanceof Image.Bytes bytes) {
      return bytes.bytes();
    }
    return new PictureFetch(policy).fetch(((Image.Url) image).address());
  }

  private byte[] bytes(Path path) {
    Path file = allowed(path);
    try {
      long size = Files.size(file);
      if (size > policy.maxBytes()) {
        throw new VlmException(
            ErrorCode.IMAGE_TOO_LARGE,
            "the picture "
                + path
                + " has "
                + size
                + " bytes, the limit is "
                + policy.maxBytes()
                + "; shrink it or raise the limit");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    } catch (AccessDeniedException e) {
      throw new VlmException(
          ErrorCode.IMAGE_UNREADABLE,
          "the picture " + path + " may not be read: change its permissions",
          e);
    } catch (OutOfMemoryError e) {
      throw new VlmException(
          ErrorCode.IMAGE_TOO_LARGE,
          "the picture " + path + " does not fit in memory; give the virtual machine more memory",
          e);
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IMAGE_UNREADABLE, "cannot read the picture " + path + ": is it a file?", e);
    }
  }

  /**
   * Returns where the file really lies; what is outside may exist or not, the error is the same.
   */
  private Path allowed(Path path) {
    if (!policy.allowsFiles()) {
      throw refused(path, "allows no files");
    }
    if (policy.folder().isEmpty()) {
      return path;
    }
    Path folder = policy.folder().get();
    if (!path.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize())) {
      throw refused(path, "allows files of one folder only, and it lies outside");
    }
    try {
      Path real = path.toRealPath();
      if (real.startsWith(folder.toRealPath())) {
        return real;
      }
    } catch (NoSuchFileException e) {
      throw missing(path, e);
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IMAGE_UNREADABLE, "cannot read the picture " + path + ": is it a file?", e);
    }
    throw refused(path, "allows files of one folder only, and it is a link that leaves it");
  }

  private static VlmException missing(Path path, NoSuchFileException cause) {
    return new VlmException(
        ErrorCode.IMAGE_UNREADABLE, "there is no picture " + path + ": check the path", cause);
  }

  private static VlmException refused(Path path, String rule) {
    return new VlmException(
        ErrorCode.IMAGE_SOURCE_REFUSED,
        "the picture " + path + " is not read: the picture policy " + rule);
  }
}

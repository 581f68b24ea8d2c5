package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.Image;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Ways to name a picture on the command line and in a messages file. */
final class ImageReference {
  /** Two letters at least, so that a Windows drive is no scheme. */
  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

  private static final int SHOWN = 60;

  private ImageReference() {}

  /** Returns what the option {@code --image} names: a file or a URI. */
  static Image argument(String text) {
    if (text.isEmpty()) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "--image is empty: name a picture, or leave it out");
    }
    try {
      return SCHEME.matcher(text).matches() && !isFile(text)
          ? checked(Image.ofUri(text), "--image")
          : file(Path.of(text), "--image");
    } catch (InvalidPathException e) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "--image: '" + shortened(text) + "' is no path", e);
    }
  }

  private static boolean isFile(String text) {
    try {
      return Files.isRegularFile(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Returns the picture at a path that is relative to the folder of a file. */
  static Image path(Path neighbour, String path, String place) {
    try {
      return file(neighbour.resolveSibling(path), place);
    } catch (InvalidPathException e) {
      throw invalid(place, "'" + shortened(path) + "' is no path: " + reason(e), e);
    }
  }

  /** Java says nothing of the locale where a name has letters that it lacks. */
  private static String reason(InvalidPathException e) {
    return String.valueOf(e.getReason()).contains("unmappable")
        ? "this locale cannot write it; " + NativeNames.NEXT
        : e.getReason();
  }

  /** Returns the picture behind a URI, or a path relative to the folder of a file. */
  static Image pathOrUri(Path neighbour, String text, String place) {
    return SCHEME.matcher(text).matches() ? uri(text, place) : path(neighbour, text, place);
  }

  /** Returns the picture behind a URI. */
  static Image uri(String text, String place) {
    try {
      return checked(Image.ofUri(text), place);
    } catch (VlmException e) {
      throw located(place, e);
    }
  }

  /** Returns the picture in a base64 text, with or without the head of a data: URI. */
  static Image base64(String text, String place) {
    try {
      return Image.ofBase64(text);
    } catch (VlmException e) {
      throw located(place, e);
    }
  }

  private static Image checked(Image image, String place) {
    return image instanceof Image.File file ? file(file.path(), place) : image;
  }

  private static Image file(Path file, String place) {
    if (!Files.isRegularFile(file)) {
      throw new VlmException(
          ErrorCode.IMAGE_UNREADABLE,
          place + ": there is no picture file " + file + "; correct the path");
    }
    return Image.of(file);
  }

  /** A text that is no picture is the fault of the file; a missing picture stays what it is. */
  private static VlmException located(String place, VlmException e) {
    return e.code() == ErrorCode.INVALID_ARGUMENT
        ? invalid(place, String.valueOf(e.getMessage()), e)
        : e;
  }

  private static VlmException invalid(String place, String reason, Exception cause) {
    return new VlmException(ErrorCode.INVALID_MESSAGES, place + ": " + reason, cause);
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}

package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.Image;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ways to name a picture in a messages file. Nothing is fetched from the network. */
final class ImageReference {
  /** Two letters at least, so that a Windows drive is no scheme. */
  private static final Pattern SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*", Pattern.DOTALL);

  private static final Pattern DATA =
      Pattern.compile("data:image/[A-Za-z0-9.+-]+;base64,(.*)", Pattern.DOTALL);
  private static final int SHOWN = 60;

  private ImageReference() {}

  /** Returns the picture in a file that must exist; {@code place} says who named it. */
  static Image file(Path file, String place) {
    if (!Files.isRegularFile(file)) {
      throw new VlmException(
          ErrorCode.IMAGE_UNREADABLE,
          place + ": there is no picture file " + file + "; correct the path");
    }
    return Image.of(file);
  }

  /** Returns the picture at a path that is relative to the folder of a file. */
  static Image path(Path neighbour, String path, String place) {
    try {
      return file(neighbour.resolveSibling(path), place);
    } catch (InvalidPathException e) {
      throw invalid(place, "'" + shortened(path) + "' is no path: " + e.getReason(), e);
    }
  }

  /** Returns the picture behind a URI, or a path relative to the folder of a file. */
  static Image pathOrUri(Path neighbour, String text, String place) {
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.matches()) {
      return path(neighbour, text, place);
    }
    return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
      case "data" -> data(text, place);
      case "file" -> fileUri(text, place);
      case "http", "https" -> throw url(text, place);
      default ->
          throw new VlmException(
              ErrorCode.INVALID_MESSAGES,
              place + ": '" + shortened(text) + "' is neither a path nor a file: or data: URI");
    };
  }

  /** Returns the picture in a base64 text, with or without the head of a data: URI. */
  static Image base64(String text, String place) {
    return text.startsWith("data:") ? data(text, place) : decoded(text, place);
  }

  /** Returns the error for a picture on the network. */
  static VlmException url(String text, String place) {
    return new VlmException(
        ErrorCode.INVALID_MESSAGES,
        place
            + ": pictures from the network are not supported yet ("
            + shortened(text)
            + "); download the picture and give its path");
  }

  private static Image data(String text, String place) {
    Matcher data = DATA.matcher(text);
    if (!data.matches()) {
      throw new VlmException(
          ErrorCode.INVALID_MESSAGES,
          place
              + ": '"
              + shortened(text)
              + "' is no picture in a data: URI; the form is data:image/png;base64,...");
    }
    return decoded(data.group(1), place);
  }

  private static Image decoded(String text, String place) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid(place, "the base64 text is malformed: " + e.getMessage(), e);
    }
    if (bytes.length == 0) {
      throw new VlmException(ErrorCode.INVALID_MESSAGES, place + ": the base64 text is empty");
    }
    return Image.of(bytes);
  }

  private static Image fileUri(String text, String place) {
    try {
      return file(Path.of(new URI(text)), place);
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      throw invalid(
          place, "'" + shortened(text) + "' is no file URI such as file:///folder/cat.png", e);
    }
  }

  private static VlmException invalid(String place, String reason, Exception cause) {
    return new VlmException(ErrorCode.INVALID_MESSAGES, place + ": " + reason, cause);
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}

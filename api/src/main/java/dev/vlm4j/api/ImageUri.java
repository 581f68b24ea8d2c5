package dev.vlm4j.api;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pictures that are named by a text. Four schemes and no other. */
final class ImageUri {
  private static final Pattern DATA =
      Pattern.compile(
          "data:(?:image/[a-z0-9.+-]+|application/octet-stream)?(?:;[a-z0-9-]+=[^;,]*)*;base64,",
          Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_HEAD = 200;
  private static final int SHOWN = 60;

  private ImageUri() {}

  static Image parse(String text) {
    String scheme = text.substring(0, Math.max(0, text.indexOf(':'))).toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "data" -> data(text);
      case "file" -> file(text);
      case "http", "https" -> url(text);
      default ->
          throw invalid(
              "'" + shown(text) + "' is no file:, data:, http: or https: URI of a picture", null);
    };
  }

  static Image base64(String text) {
    return text.regionMatches(true, 0, "data:", 0, 5) ? data(text) : decoded(text);
  }

  private static Image data(String text) {
    Matcher head = DATA.matcher(text.substring(0, Math.min(text.length(), LONGEST_HEAD)));
    if (!head.lookingAt()) {
      throw invalid(
          "'"
              + shown(text)
              + "' is no picture in a data: URI; the form is data:image/png;base64,...",
          null);
    }
    return decoded(text.substring(head.end()));
  }

  /** Programs wrap base64 at 64 or 76 characters; the breaks mean nothing. */
  private static Image decoded(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.replace("\r", "").replace("\n", ""));
    } catch (IllegalArgumentException e) {
      throw invalid("the base64 text is malformed: " + e.getMessage(), e);
    }
    if (bytes.length == 0) {
      throw invalid("the base64 text is empty", null);
    }
    return Image.of(bytes);
  }

  private static Image file(String text) {
    try {
      return Image.of(Path.of(new URI(text)));
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      throw invalid("'" + shown(text) + "' is no file URI such as file:///folder/cat.png", e);
    }
  }

  private static Image url(String text) {
    try {
      URI address = new URI(text);
      if (address.getHost() != null) {
        return new Image.Url(address);
      }
    } catch (URISyntaxException e) {
      throw invalid("'" + shown(text) + "' is no valid address", e);
    }
    throw invalid("'" + shown(text) + "' names no host", null);
  }

  private static VlmException invalid(String reason, @Nullable Exception cause) {
    return new VlmException(ErrorCode.INVALID_ARGUMENT, reason, cause);
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}

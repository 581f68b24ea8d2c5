package dev.vlm4j.zoo.fetch;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Errors of one fetch. They name the address that the caller gave and nothing that was learned on
 * the way: neither addresses behind names nor targets of redirects.
 */
record FetchErrors(URI given) {
  private static final int SHOWN = 80;

  VlmException refused(String reason) {
    return new VlmException(
        ErrorCode.IMAGE_SOURCE_REFUSED, "the picture " + shown() + " is not fetched: " + reason);
  }

  VlmException failed(String reason, @Nullable Throwable cause) {
    return new VlmException(
        ErrorCode.IMAGE_FETCH_FAILED,
        "the picture " + shown() + " could not be fetched: " + reason,
        cause);
  }

  private String shown() {
    return shown(given);
  }

  /** A query may hold a secret, user information is one. */
  static String shown(URI given) {
    String host = given.getHost() == null ? "" : given.getHost();
    String port = given.getPort() < 0 ? "" : ":" + given.getPort();
    String path = given.getRawPath() == null ? "" : given.getRawPath();
    String text = given.getScheme() + "://" + host + port + path;
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}

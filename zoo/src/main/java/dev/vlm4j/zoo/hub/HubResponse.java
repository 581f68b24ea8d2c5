package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The answer at the end of a chain of redirects.
 *
 * @param address who answered
 * @param status status code
 * @param headers its headers
 * @param first headers of the Hub itself, which may have sent the request elsewhere
 * @param body the body; close it
 */
record HubResponse(URI address, int status, HttpHeaders headers, HttpHeaders first, BodyStream body)
    implements AutoCloseable {
  private static final List<String> REQUEST_IDS =
      List.of("x-request-id", "x-amzn-trace-id", "x-amz-cf-id");
  private static final int LONGEST_ID = 100;

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  Optional<String> requestId() {
    return REQUEST_IDS.stream()
        .flatMap(name -> header(name).stream())
        .findFirst()
        .map(id -> id.replaceAll("[^A-Za-z0-9=;:._-]", ""))
        .filter(id -> !id.isEmpty())
        .map(id -> id.substring(0, Math.min(id.length(), LONGEST_ID)));
  }

  /** Returns whether the body was compressed although that was not wanted. */
  boolean isCompressed() {
    return header("content-encoding")
        .map(String::strip)
        .filter("gzip"::equalsIgnoreCase)
        .isPresent();
  }

  /** Returns the body as the Hub stores it. */
  InputStream content() throws IOException {
    return isCompressed() ? new GZIPInputStream(body) : body;
  }

  /** Returns at most {@code limit} bytes of the body, and fails if there are more. */
  byte[] bytes(int limit) throws IOException {
    byte[] all = content().readNBytes(limit + 1);
    if (all.length > limit) {
      throw new IOException("the answer is longer than " + limit + " bytes");
    }
    return all;
  }

  @Override
  public void close() {
    body.close();
  }
}

package dev.vlm4j.conformance.hub;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a double answers.
 *
 * @param status status code
 * @param headers all but those about the length
 * @param content the body before faults
 * @param from first byte of the content that is sent
 */
public record Reply(int status, Map<String, String> headers, Content content, long from) {
  /** Keeps an immutable copy. */
  public Reply {
    headers = Map.copyOf(headers);
  }

  /** Returns an answer without a body. */
  public static Reply empty(int status, Map<String, String> headers) {
    return new Reply(status, headers, Content.of(new byte[0]), 0);
  }

  /** Returns a JSON answer. */
  public static Reply json(int status, String text) {
    return new Reply(
        status,
        Map.of("Content-Type", "application/json; charset=utf-8"),
        Content.of(text.getBytes(StandardCharsets.UTF_8)),
        0);
  }

  /** Returns the page of a network login. */
  public static Reply html(int status, String text) {
    return new Reply(
        status,
        Map.of("Content-Type", "text/html"),
        Content.of(text.getBytes(StandardCharsets.UTF_8)),
        0);
  }

  /** Returns an error as the Hub sends it. */
  public static Reply error(int status, String code, String message) {
    return json(status, "{\"error\": \"" + message + "\"}")
        .with("X-Error-Code", code)
        .with("X-Error-Message", message);
  }

  /** Returns a redirect. */
  public static Reply redirect(String location) {
    return empty(302, Map.of("Location", location));
  }

  /** Returns this answer with one more header; an empty value adds nothing. */
  public Reply with(String name, String value) {
    if (value.isEmpty()) {
      return this;
    }
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Reply(status, all, content, from);
  }

  /** Returns this answer with another body, which is sent whole. */
  public Reply withContent(Content other) {
    return new Reply(status, headers, other, 0);
  }

  long length() {
    return content.size() - from;
  }
}

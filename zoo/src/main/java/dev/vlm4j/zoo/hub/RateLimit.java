package dev.vlm4j.zoo.hub;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The wait that a server asks for; reads what the official client reads. */
final class RateLimit {
  private static final Pattern LIMIT =
      Pattern.compile("\"\\w+\"\\s*;\\s*r\\s*=\\s*(\\d{1,12})\\s*;\\s*t\\s*=\\s*(\\d{1,12})");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

  private RateLimit() {}

  /** Returns the wait; empty if the server asks for none. */
  static Optional<Duration> wait(HttpHeaders headers) {
    Matcher limit = LIMIT.matcher(headers.firstValue("ratelimit").orElse(""));
    if (limit.find() && Long.parseLong(limit.group(1)) == 0) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(limit.group(2)) + 1));
    }
    return headers
        .firstValue("retry-after")
        .map(String::strip)
        .filter(text -> SECONDS.matcher(text).matches())
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }
}

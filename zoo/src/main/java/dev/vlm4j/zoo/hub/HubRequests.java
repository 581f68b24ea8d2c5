package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Requests with retries: what may pass is tried again, what may not becomes a typed error. */
final class HubRequests {
  private static final Duration PATIENT = Duration.ofSeconds(60);

  private final HubSettings settings;
  private final HubConnection connection;
  private final HubErrors errors;
  private final HubProtocol protocol;

  HubRequests(HubSettings settings, HubConnection connection) {
    this.settings = settings;
    this.connection = connection;
    HubAnswers answers = new HubAnswers(this);
    this.protocol =
        switch (settings.kind()) {
          case HUGGING_FACE -> new HubApi(answers, connection.endpoint());
          case MODELSCOPE -> new ModelScopeApi(answers, connection.endpoint());
        };
    this.errors = new HubErrors(settings, connection.endpoint());
  }

  /** What is done with an answer. */
  interface Reader<T> {
    /** Returns whether an answer of this status is read; any other becomes an error. */
    default boolean accepts(int status) {
      return status < 300;
    }

    T read(HubResponse response) throws IOException;
  }

  @Nullable String requestId(HubResponse response) {
    return errors.requestId(response);
  }

  HubEndpoint endpoint() {
    return connection.endpoint();
  }

  HubKind kind() {
    return settings.kind();
  }

  HubProtocol protocol() {
    return protocol;
  }

  /** Returns the longest wait for an answer; longer if nothing in the cache could serve. */
  Duration timeout(boolean patient) {
    Duration quick = settings.metadataTimeout();
    return patient && quick.equals(HubSettings.DEFAULT_TIMEOUT) ? PATIENT : quick;
  }

  Retries retries(boolean patient) {
    return patient ? Retries.of(settings.retries()) : Retries.none(settings.retries());
  }

  /**
   * Sends a request until it succeeds, fails for good, or no retries are left.
   *
   * @param headers asked again before each try
   */
  <T> T exchange(
      URI address,
      Supplier<Map<String, String>> headers,
      Duration timeout,
      Retries retries,
      DownloadControl control,
      Reader<T> reader) {
    while (true) {
      Optional<Duration> asked = Optional.empty();
      String reason;
      try (HubResponse response = connection.get(address, headers.get(), timeout, control)) {
        if (reader.accepts(response.status())) {
          return reader.read(response);
        }
        checkStorage(response);
        if (!RetryPolicy.isWorthIt(response.status()) || !retries.fail()) {
          throw errors.of(response, control.subject());
        }
        asked = asked(response, control);
        reason = "the Hub answered with status " + response.status();
      } catch (IOException e) {
        if (!retries.fail()) {
          throw unreachable(e, control.subject());
        }
        reason = String.valueOf(e.getMessage());
      }
      control.waitFor(asked.orElseGet(retries::pause), reason);
    }
  }

  /** An address of the storage behind a Hub expires; the Hub gives a new one. */
  private void checkStorage(HubResponse response) throws IOException {
    int status = response.status();
    boolean elsewhere = !endpoint().isOriginOf(response.address());
    if (elsewhere && status >= 400 && status < 500 && !RetryPolicy.isWorthIt(status)) {
      throw new IOException("the storage server answered with status " + status);
    }
  }

  /** A wait beyond the limit is no wait but a failure: nobody knows whether it ends. */
  private Optional<Duration> asked(HubResponse response, DownloadControl control) {
    Optional<Duration> wait = RateLimit.wait(response.headers());
    if (response.status() != 429 && response.status() != 503) {
      return Optional.empty();
    }
    if (wait.isPresent() && wait.get().compareTo(settings.retries().longestAsked()) > 0) {
      throw errors.of(response, control.subject());
    }
    return wait;
  }

  private HubException unreachable(IOException cause, Subject subject) {
    return new HubException(
        ErrorCode.HUB_UNREACHABLE,
        "the Hub at "
            + endpoint().base().getHost()
            + " cannot be reached: "
            + Printable.of(String.valueOf(cause.getMessage()))
            + "; check the network, "
            + settings.kind().endpointVariable()
            + " and the proxy, or use offline mode",
        subject,
        null,
        cause);
  }
}

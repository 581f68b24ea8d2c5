package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and follows redirects by hand: the JDK's client would forward the token to
 * whatever host a redirect names. Thread-safe.
 */
final class HubConnection {
  private static final int MOST_HOPS = 10;

  private final HubSettings settings;
  private final HubEndpoint endpoint;
  private @Nullable HttpClient client;

  HubConnection(HubSettings settings) {
    this.settings = settings;
    this.endpoint = new HubEndpoint(settings.endpoint());
  }

  HubEndpoint endpoint() {
    return endpoint;
  }

  /** Offline, no client is ever made, and so no socket. */
  private synchronized HttpClient client() {
    if (client == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(settings.metadataTimeout());
      if (settings.proxy() != null) {
        builder.proxy(settings.proxy());
      }
      client = builder.build();
    }
    return client;
  }

  /**
   * Sends a GET request and returns the first answer that is no redirect; close it.
   *
   * @param timeout longest wait for the head of each answer
   * @throws IOException if no answer comes
   */
  HubResponse get(
      URI address, Map<String, String> headers, Duration timeout, DownloadControl control)
      throws IOException {
    if (settings.offline()) {
      throw new HubException(
          ErrorCode.HUB_OFFLINE,
          "offline mode forbids to ask the Hub; unset HF_HUB_OFFLINE or drop the offline option",
          control.subject());
    }
    URI next = address;
    HttpHeaders first = null;
    for (int hop = 0; hop <= MOST_HOPS; hop++) {
      BodyStream body = new BodyStream(control, settings.stallTimeout(), settings.slowest());
      HttpResponse<BodyStream> response =
          send(request(next, headers, timeout), body, timeout, control);
      first = first == null ? response.headers() : first;
      if (!isRedirect(response)) {
        return new HubResponse(
            next, response.statusCode(), response.headers(), first, response.body());
      }
      response.body().close();
      next = target(next, response.headers().firstValue("location").orElse(""), control);
    }
    throw new HubException(
        ErrorCode.HUB_RESPONSE_INVALID,
        "the Hub redirects more than "
            + MOST_HOPS
            + " times; check "
            + settings.kind().endpointVariable()
            + " and the proxy",
        control.subject());
  }

  private HttpRequest request(URI address, Map<String, String> headers, Duration timeout) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("User-Agent", settings.userAgent())
            .header("Accept-Encoding", "identity")
            .header("X-Amzn-Trace-Id", UUID.randomUUID().toString());
    headers.forEach(request::header);
    settings
        .findToken()
        .filter(token -> endpoint.isOriginOf(address))
        .ifPresent(token -> sign(request, token));
    return request.build();
  }

  private void sign(HttpRequest.Builder request, Token token) {
    switch (settings.kind()) {
      case HUGGING_FACE -> request.header("Authorization", token.header());
      case MODELSCOPE -> request.header("Cookie", token.cookie(ModelScopeLogin.COOKIE));
    }
  }

  private static boolean isRedirect(HttpResponse<?> response) {
    return switch (response.statusCode()) {
      case 301, 302, 303, 307, 308 -> response.headers().firstValue("location").isPresent();
      default -> false;
    };
  }

  private URI target(URI from, String location, DownloadControl control) {
    URI to = null;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw refused(location, control, e);
    }
    boolean weaker = HubEndpoint.isSecure(from) && !HubEndpoint.isSecure(to);
    if (!HubEndpoint.isWeb(to) || weaker) {
      throw refused(location, control, null);
    }
    return to;
  }

  /** The query of an address may be a signature: only its beginning is repeated. */
  private HubException refused(
      String location, DownloadControl control, @Nullable Exception cause) {
    return new HubException(
        ErrorCode.HUB_RESPONSE_INVALID,
        "a redirect to '"
            + Printable.of(settings.hideToken(location).replaceAll("[?#].*", ""))
            + "' is refused: only addresses of the web, and none less secure than the one before,"
            + " are followed; check "
            + settings.kind().endpointVariable()
            + " and the proxy",
        control.subject(),
        null,
        cause);
  }

  private HttpResponse<BodyStream> send(
      HttpRequest request, BodyStream body, Duration timeout, DownloadControl control)
      throws IOException {
    CompletableFuture<HttpResponse<BodyStream>> answer = client().sendAsync(request, info -> body);
    // The client's own limit starts after connecting; this one holds whatever happens.
    long end = System.nanoTime() + timeout.plus(settings.metadataTimeout()).toNanos();
    boolean answered = false;
    try {
      while (System.nanoTime() - end < 0) {
        control.checkCancelled();
        HttpResponse<BodyStream> response = poll(answer);
        if (response != null) {
          answered = true;
          return response;
        }
      }
      throw new IOException("no answer came for " + timeout.toMillis() + " ms");
    } finally {
      if (!answered) {
        answer.cancel(true);
        body.close();
      }
    }
  }

  private static @Nullable HttpResponse<BodyStream> poll(
      CompletableFuture<HttpResponse<BodyStream>> answer) throws IOException {
    try {
      return answer.get(DownloadControl.TICK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException e) {
      throw new IOException(reason(e.getCause()), e.getCause());
    }
  }

  /** The JDK's connection failures have no message. */
  private static String reason(@Nullable Throwable cause) {
    if (cause instanceof ConnectException && cause.getMessage() == null) {
      return "the connection was refused";
    }
    String text = cause == null ? null : cause.getMessage();
    return text == null ? String.valueOf(cause).toLowerCase(Locale.ROOT) : Printable.of(text);
  }
}

package dev.vlm4j.zoo.fetch;

import dev.vlm4j.api.PicturePolicy;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Plain GET requests of one fetch: no redirects, cookies, credentials, retries, proxies or
 * compression. Closing it ends a request that is still running in another thread.
 */
final class PictureConnection implements AutoCloseable {
  private final CloseableHttpClient client;
  private final long maxBytes;

  PictureConnection(CheckedResolver resolver, PicturePolicy policy) {
    this.maxBytes = Math.min(policy.maxBytes(), Integer.MAX_VALUE - 9);
    Timeout limit = Timeout.ofMilliseconds(Math.max(1, policy.timeout().toMillis()));
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(resolver)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(limit).setSocketTimeout(limit).build())
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setConnectionReuseStrategy((request, response, context) -> false)
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("vlm4j")
            .build();
  }

  Hop get(URI address, FetchErrors errors) throws IOException {
    HttpGet request = new HttpGet(address);
    request.setHeader(HttpHeaders.ACCEPT, "image/*, */*;q=0.5");
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    try {
      return client.execute(request, response -> hop(response, errors));
    } catch (RefusedAddressException e) {
      throw errors.refused("its host leads to a private, local or reserved address");
    }
  }

  private Hop hop(ClassicHttpResponse response, FetchErrors errors) throws IOException {
    int status = response.getCode();
    if (isRedirect(status)) {
      return new Hop(Optional.of(location(response, errors)), new byte[0]);
    }
    HttpEntity entity = response.getEntity();
    if (status != HttpStatus.SC_OK || entity == null) {
      throw errors.failed(
          "the server answered with status " + status + "; check the address", null);
    }
    String encoding = entity.getContentEncoding();
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw errors.failed("the server sent it compressed although that was not asked for", null);
    }
    return new Hop(Optional.empty(), body(entity, errors));
  }

  /** The length that the server names is believed only where it is too large. */
  private byte[] body(HttpEntity entity, FetchErrors errors) throws IOException {
    if (entity.getContentLength() > maxBytes) {
      throw tooLong(errors);
    }
    try (InputStream in = entity.getContent()) {
      byte[] bytes = in.readNBytes((int) maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw tooLong(errors);
      }
      return bytes;
    }
  }

  private VlmException tooLong(FetchErrors errors) {
    return errors.failed("it has more than the allowed " + maxBytes + " bytes", null);
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case HttpStatus.SC_MOVED_PERMANENTLY,
          HttpStatus.SC_MOVED_TEMPORARILY,
          HttpStatus.SC_SEE_OTHER,
          HttpStatus.SC_TEMPORARY_REDIRECT,
          HttpStatus.SC_PERMANENT_REDIRECT ->
          true;
      default -> false;
    };
  }

  private static URI location(ClassicHttpResponse response, FetchErrors errors) {
    @Nullable Header location = response.getFirstHeader(HttpHeaders.LOCATION);
    try {
      if (location != null) {
        return new URI(location.getValue());
      }
    } catch (URISyntaxException e) {
      throw errors.refused("it is redirected to a malformed address");
    }
    throw errors.failed("it is redirected without an address", null);
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}

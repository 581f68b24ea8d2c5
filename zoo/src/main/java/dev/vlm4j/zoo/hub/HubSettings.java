package dev.vlm4j.zoo.hub;

import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a Hub is and how to deal with it. Immutable; shows no token when it is printed.
 *
 * @param kind whose protocol the Hub speaks
 * @param endpoint address of the Hub
 * @param cache the official cache folder
 * @param token access token; null for none
 * @param offline whether every connection is forbidden
 * @param links whether the cache may use symbolic links
 * @param linkWarning whether to say that it cannot
 * @param metadataTimeout longest wait for a small answer when the cache could serve instead
 * @param stallTimeout longest wait for more bytes
 * @param slowest bytes per second below which a download counts as stalled
 * @param retries how failures that may pass are met
 * @param parallelFiles files that are fetched at the same time
 * @param userAgent what this program calls itself
 * @param proxy way to the network; null for the one of the virtual machine
 */
public record HubSettings(
    HubKind kind,
    URI endpoint,
    Path cache,
    @Nullable Token token,
    boolean offline,
    boolean links,
    boolean linkWarning,
    Duration metadataTimeout,
    Duration stallTimeout,
    int slowest,
    RetryPolicy retries,
    int parallelFiles,
    String userAgent,
    @Nullable ProxySelector proxy) {
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private static final int SLOWEST = 1024;
  private static final int PARALLEL = 8;

  /** Returns settings for an endpoint and a cache folder: online, links allowed, no token. */
  public static HubSettings of(URI endpoint, Path cache) {
    return of(HubKind.HUGGING_FACE, endpoint, cache);
  }

  /** Returns settings for an endpoint of a kind. */
  public static HubSettings of(HubKind kind, URI endpoint, Path cache) {
    return new HubSettings(
        kind,
        endpoint,
        cache,
        null,
        false,
        true,
        true,
        DEFAULT_TIMEOUT,
        DEFAULT_TIMEOUT,
        SLOWEST,
        RetryPolicy.DEFAULT,
        PARALLEL,
        UserAgent.of(""),
        null);
  }

  /** Returns the access token. */
  public Optional<Token> findToken() {
    return Optional.ofNullable(token);
  }

  /** Returns a text of a server without the token, should it be in there. */
  String hideToken(String text) {
    return token == null ? text : token.hideIn(text);
  }

  /**
   * Returns the cache folder for a kind of Hub when {@link #cache()} is the official one. That of
   * ModelScope lies beside it: its own client keeps its index as a Python pickle, which is never
   * read here.
   */
  public Path cache(HubKind other) {
    return other == kind ? cache : VerifiedFiles.folder(cache).resolve(other.label());
  }

  /** Returns these settings with another cache folder. */
  public HubSettings withCache(Path folder) {
    return copy(folder, token, offline, links, metadataTimeout, stallTimeout, slowest, retries);
  }

  /** Returns these settings with an access token; null for none. */
  public HubSettings withToken(@Nullable Token other) {
    return copy(cache, other, offline, links, metadataTimeout, stallTimeout, slowest, retries);
  }

  /** Returns these settings with or without connections. */
  public HubSettings withOffline(boolean value) {
    return copy(cache, token, value, links, metadataTimeout, stallTimeout, slowest, retries);
  }

  /** Returns these settings with or without symbolic links. */
  public HubSettings withLinks(boolean value) {
    return copy(cache, token, offline, value, metadataTimeout, stallTimeout, slowest, retries);
  }

  /** Returns these settings with other limits of time. */
  public HubSettings withTimeouts(Duration metadata, Duration stall) {
    return copy(cache, token, offline, links, metadata, stall, slowest, retries);
  }

  /** Returns these settings with another lowest speed, in bytes per second. */
  public HubSettings withSlowest(int bytesPerSecond) {
    return copy(
        cache, token, offline, links, metadataTimeout, stallTimeout, bytesPerSecond, retries);
  }

  /** Returns these settings with other retries. */
  public HubSettings withRetries(RetryPolicy policy) {
    return copy(cache, token, offline, links, metadataTimeout, stallTimeout, slowest, policy);
  }

  private HubSettings copy(
      Path folder,
      @Nullable Token newToken,
      boolean newOffline,
      boolean newLinks,
      Duration metadata,
      Duration stall,
      int newSlowest,
      RetryPolicy policy) {
    return new HubSettings(
        kind,
        endpoint,
        folder,
        newToken,
        newOffline,
        newLinks,
        linkWarning,
        metadata,
        stall,
        newSlowest,
        policy,
        parallelFiles,
        userAgent,
        proxy);
  }
}

package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.VlmException;
import java.time.Duration;

/** A Hub with its cache. Thread-safe; several processes may use one cache. */
public final class Hub {
  private final HubSettings settings;
  private final HubRequests requests;

  /** Connects to nothing yet. */
  public Hub(HubSettings settings) {
    this.settings = settings;
    this.requests = new HubRequests(settings, new HubConnection(settings));
  }

  /** Returns the settings. */
  public HubSettings settings() {
    return settings;
  }

  /**
   * Finds a revision of a repository. Makes one request for a branch or tag whose commit is in the
   * cache, and none for such a commit. If the Hub does not answer and the cache has what the
   * revision was last time, that is used and the listener is told.
   *
   * @throws VlmException of class {@link HubException} for what the Hub answers, or {@code
   *     HUB_UNREACHABLE}, {@code HUB_OFFLINE}, {@code HUB_RESPONSE_INVALID}, {@code
   *     HUB_NAME_REFUSED}, {@code DOWNLOAD_CANCELLED}
   */
  public HubSnapshot open(RepositoryId id, Revision revision, DownloadListener listener) {
    CacheLayout layout = new CacheLayout(settings.cache().toAbsolutePath().normalize(), id);
    DownloadControl control = new DownloadControl(listener, Subject.of(id, revision));
    ResolvedCommit resolved =
        new CommitResolver(settings, requests.protocol(), layout, revision, control).resolve();
    return new HubSnapshot(settings, requests, layout, revision, resolved, listener);
  }

  /**
   * Asks for the shortest answer that a Hub has: whether one is there, and takes the token.
   *
   * @return how long it took
   * @throws HubException {@code HUB_UNREACHABLE}, {@code HUB_OFFLINE}, {@code HUB_TOKEN_INVALID},
   *     {@code HUB_RESPONSE_INVALID} if something else than a Hub answers, or what the Hub answered
   */
  public Duration ping(DownloadListener listener) {
    long start = System.nanoTime();
    requests.protocol().ping(new DownloadControl(listener, Subject.NONE));
    return Duration.ofNanos(System.nanoTime() - start);
  }
}

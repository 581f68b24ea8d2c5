package dev.vlm4j.zoo.hub;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a model is found on a Hub: what is not said here is read from the environment variables of
 * the official client. Immutable; shows no token when it is printed.
 *
 * @param kind whose Hub
 * @param revision branch, tag or commit; null for the default branch
 * @param cache cache folder; null for that of the environment
 * @param offline whether every connection is forbidden; the environment may forbid them too
 * @param token access token; null for that of the environment
 * @param listener follows downloads
 * @param settings everything at once for a Hub of this kind, instead of the environment; null for
 *     the environment
 */
public record HubOptions(
    HubKind kind,
    @Nullable Revision revision,
    @Nullable Path cache,
    boolean offline,
    @Nullable Token token,
    DownloadListener listener,
    @Nullable HubSettings settings) {
  /** The default branch, and everything else as the environment says. */
  public static final HubOptions DEFAULT =
      new HubOptions(HubKind.HUGGING_FACE, null, null, false, null, DownloadListener.NONE, null);

  /** Returns these options for another kind of Hub. */
  public HubOptions withKind(HubKind other) {
    return new HubOptions(other, revision, cache, offline, token, listener, settings);
  }

  /** Returns the branch, tag or commit; the Hub's default branch if none is named. */
  public Revision effectiveRevision() {
    return revision == null ? kind.defaultRevision() : revision;
  }

  /** Returns these options with a branch, tag or commit. */
  public HubOptions withRevision(Revision other) {
    return new HubOptions(kind, other, cache, offline, token, listener, settings);
  }

  /** Returns these options with a cache folder. */
  public HubOptions withCache(Path folder) {
    return new HubOptions(kind, revision, folder, offline, token, listener, settings);
  }

  /** Returns these options with connections allowed or forbidden. */
  public HubOptions withOffline(boolean value) {
    return new HubOptions(kind, revision, cache, value, token, listener, settings);
  }

  /** Returns these options with an access token. */
  public HubOptions withToken(Token other) {
    return new HubOptions(kind, revision, cache, offline, other, listener, settings);
  }

  /** Returns these options with a listener. */
  public HubOptions withListener(DownloadListener other) {
    return new HubOptions(kind, revision, cache, offline, token, other, settings);
  }

  /** Returns these options with settings that replace the environment. */
  public HubOptions withSettings(HubSettings other) {
    return new HubOptions(kind, revision, cache, offline, token, listener, other);
  }

  /** Returns the settings that follow from these options and the environment. */
  public HubSettings effective() {
    HubSettings base =
        settings == null || settings.kind() != kind
            ? HubEnvironment.ofProcess().settings(kind, token)
            : settings;
    HubSettings located = cache == null ? base : base.withCache(cache);
    HubSettings signed = token == null ? located : located.withToken(token);
    return signed.withOffline(signed.offline() || offline);
  }
}

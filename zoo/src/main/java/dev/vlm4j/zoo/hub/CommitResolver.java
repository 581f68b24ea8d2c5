package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Finds out what commit a revision is and which files it has, from the Hub or from the cache. */
final class CommitResolver {
  private final HubSettings settings;
  private final HubProtocol api;
  private final CacheLayout layout;
  private final Revision revision;
  private final DownloadControl control;

  CommitResolver(
      HubSettings settings,
      HubProtocol api,
      CacheLayout layout,
      Revision revision,
      DownloadControl control) {
    this.settings = settings;
    this.api = api;
    this.layout = layout;
    this.revision = revision;
    this.control = control;
  }

  ResolvedCommit resolve() {
    Optional<String> cached =
        (revision.isCommit() ? Optional.of(revision.text()) : RefFile.read(layout.ref(revision)))
            .filter(commit -> Files.isDirectory(layout.snapshot(commit)));
    if (settings.offline()) {
      return fromCache(cached.orElseThrow(this::missingOffline));
    }
    try {
      return fromHub(cached.isEmpty());
    } catch (HubException e) {
      if (cached.isEmpty() || !mayPass(e.code())) {
        throw e;
      }
      control.notice("using the files in the cache, because " + e.getMessage());
      return fromCache(cached.get());
    }
  }

  private ResolvedCommit fromHub(boolean patient) {
    return api.ask(layout.id(), revision, patient, new Stored(layout), control);
  }

  /** A commit never changes, and neither does its listing. */
  private record Stored(CacheLayout layout) implements HubProtocol.Listings {
    @Override
    public Optional<List<RemoteFile>> read(String commit) {
      return TreeFile.read(layout.tree(commit));
    }

    @Override
    public void write(String commit, List<RemoteFile> files) {
      try {
        TreeFile.write(layout.tree(commit), files);
      } catch (IOException e) {
        // The cache may be read-only, which does no harm while it has every file.
        System.getLogger(CommitResolver.class.getName())
            .log(System.Logger.Level.DEBUG, "the listing cannot be stored", e);
      }
    }
  }

  private ResolvedCommit fromCache(String commit) {
    return new ResolvedCommit(
        commit, Optional.empty(), TreeFile.read(layout.tree(commit)).orElse(List.of()));
  }

  /** As the official client: a revision that is gone is an error, trouble of other kinds is not. */
  private static boolean mayPass(ErrorCode code) {
    return switch (code) {
      case HUB_UNREACHABLE,
          HUB_SERVER_ERROR,
          HUB_RATE_LIMITED,
          HUB_GATED,
          HUB_REPOSITORY_NOT_FOUND,
          HUB_REPOSITORY_DISABLED,
          HUB_TOKEN_INVALID,
          HUB_FORBIDDEN ->
          true;
      default -> false;
    };
  }

  private HubException missingOffline() {
    return new HubException(
        ErrorCode.HUB_OFFLINE,
        "offline mode, and the cache "
            + settings.cache()
            + " does not have this revision of "
            + layout.id()
            + ": load it once without offline mode, or name the right cache with HF_HUB_CACHE",
        control.subject());
  }
}

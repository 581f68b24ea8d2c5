package dev.vlm4j.zoo.hub;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What one kind of Hub is asked, and where. Everything else is the same for all of them. */
interface HubProtocol {
  /** Listings that were stored before. */
  interface Listings {
    /** Returns the files of a commit; empty if they are not stored. */
    Optional<List<RemoteFile>> read(String commit);

    /** Stores the files of a commit. */
    void write(String commit, List<RemoteFile> files);
  }

  /**
   * Asks what a revision is now, and for its files unless they are stored.
   *
   * @param patient whether to wait and try again, because nothing in the cache could serve
   */
  ResolvedCommit ask(
      RepositoryId id,
      Revision revision,
      boolean patient,
      Listings listings,
      DownloadControl control);

  /**
   * Returns the address of the bytes of a file.
   *
   * @param revision what was asked for
   * @param commit what it is
   */
  URI file(RepositoryId id, Revision revision, String commit, RemoteFile file);

  /** Asks for something short, to see whether a Hub is there. */
  void ping(DownloadControl control);
}

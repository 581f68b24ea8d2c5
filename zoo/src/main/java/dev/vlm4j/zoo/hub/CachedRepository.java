package dev.vlm4j.zoo.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A repository in the cache.
 *
 * @param id the repository
 * @param folder its folder
 * @param bytes what its files take on the disk, each counted once
 * @param commits the commits of which files are there
 * @param references the commit of each branch and tag that was asked for
 */
public record CachedRepository(
    RepositoryId id,
    Path folder,
    long bytes,
    List<String> commits,
    Map<String, String> references) {
  /** Keeps immutable copies. */
  public CachedRepository {
    commits = List.copyOf(commits);
    references = Map.copyOf(references);
  }
}

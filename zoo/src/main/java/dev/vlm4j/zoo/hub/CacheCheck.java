package dev.vlm4j.zoo.hub;

import java.util.List;

/**
 * Outcome of checking a repository in the cache.
 *
 * @param id the repository
 * @param checked number of files whose hash was compared
 * @param problems what is wrong, one line each; empty if nothing is
 */
public record CacheCheck(RepositoryId id, int checked, List<String> problems) {
  /** Keeps an immutable copy. */
  public CacheCheck {
    problems = List.copyOf(problems);
  }
}

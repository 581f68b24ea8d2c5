package dev.vlm4j.zoo.hub;

import java.nio.file.Path;
import java.util.List;

/**
 * What of a repository in the cache nothing refers to any more.
 *
 * @param id the repository
 * @param commits the commits of which files are there and that no branch or tag names
 * @param isWhole whether these are all commits, so that the whole repository goes
 * @param incomplete number of files that a download has not finished
 * @param bytes what deleting all of it frees
 * @param problems why no commit is given though there may be some, one line each: what refers to
 *     what cannot be told
 * @param paths files and folders to delete, in this order
 */
public record UnusedData(
    RepositoryId id,
    List<String> commits,
    boolean isWhole,
    int incomplete,
    long bytes,
    List<String> problems,
    List<Path> paths) {
  /** Keeps immutable copies. */
  public UnusedData {
    commits = List.copyOf(commits);
    problems = List.copyOf(problems);
    paths = List.copyOf(paths);
  }
}

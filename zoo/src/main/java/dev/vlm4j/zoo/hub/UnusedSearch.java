package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what of a repository nothing refers to, by the rules of the official client: commits that
 * no reference names with the contents that only they have, all of the repository if no commit is
 * left, and unfinished downloads. Where references and commits do not fit, commits stay. Source: <a
 * href="https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/cli/cache.py">its
 * command {@code cache prune}</a>.
 */
final class UnusedSearch {
  private final CachedRepository repository;
  private final Path snapshots;
  private final Path blobs;

  UnusedSearch(CachedRepository repository) {
    this.repository = repository;
    this.snapshots = repository.folder().resolve(CacheLayout.SNAPSHOTS);
    this.blobs = repository.folder().resolve(CacheLayout.BLOBS);
  }

  UnusedData find() throws IOException {
    List<String> problems = problems();
    List<String> commits = problems.isEmpty() ? detached() : List.of();
    boolean isWhole = !commits.isEmpty() && commits.size() == repository.commits().size();
    List<Path> incomplete =
        CachedNames.children(blobs).stream()
            .filter(file -> file.toString().endsWith(CacheLayout.INCOMPLETE))
            .toList();
    List<Path> paths = new ArrayList<>();
    if (isWhole) {
      paths.add(repository.folder());
    } else {
      commits.forEach(commit -> paths.add(snapshots.resolve(commit)));
      paths.addAll(ownContents(commits));
      paths.addAll(incomplete);
    }
    long bytes = 0;
    for (Path path : paths) {
      bytes += FolderSize.of(path);
    }
    return new UnusedData(
        repository.id(), commits, isWhole, incomplete.size(), bytes, problems, paths);
  }

  private List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>(new CacheInspection(repository).brokenLinks());
    for (Path entry : CachedNames.children(snapshots)) {
      if (!Files.isDirectory(entry)) {
        problems.add("snapshots/" + entry.getFileName() + " is no folder");
      }
    }
    for (String name : CachedNames.below(repository.folder().resolve(CacheLayout.REFS))) {
      if (!repository.references().containsKey(name)) {
        problems.add("refs/" + name + " holds no commit");
      }
    }
    return problems;
  }

  private List<String> detached() {
    Set<String> named = new HashSet<>(repository.references().values());
    return repository.commits().stream().filter(commit -> !named.contains(commit)).toList();
  }

  /** Contents that stay are those of other commits, and those that no commit has. */
  private Set<Path> ownContents(List<String> commits) throws IOException {
    Set<Path> own = new TreeSet<>();
    Set<Path> others = new HashSet<>();
    for (String commit : repository.commits()) {
      (commits.contains(commit) ? own : others).addAll(contents(snapshots.resolve(commit)));
    }
    own.removeAll(others);
    return own;
  }

  /** The first step of a link counts: what lies behind a blob belongs to several repositories. */
  private Set<Path> contents(Path snapshot) throws IOException {
    Set<Path> contents = new HashSet<>();
    for (String name : CachedNames.below(snapshot)) {
      Path file = snapshot.resolve(name);
      if (Files.isSymbolicLink(file)) {
        Path folder = Objects.requireNonNull(file.getParent());
        Path target = folder.resolve(Files.readSymbolicLink(file)).normalize();
        if (blobs.equals(target.getParent())) {
          contents.add(target);
        }
      }
    }
    return contents;
  }
}

package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks after the models in a cache folder. Thread-safe. */
public final class HubCache {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private final Path cache;

  /** Uses a cache folder, which need not exist. */
  public HubCache(Path cache) {
    this.cache = cache.toAbsolutePath().normalize();
  }

  /**
   * Returns the model repositories in the order of their names.
   *
   * @throws VlmException {@code IO_FAILURE}
   */
  public List<CachedRepository> list() {
    try {
      List<CachedRepository> found = new ArrayList<>();
      for (Path folder : CachedNames.children(cache)) {
        Optional<RepositoryId> id = idOf(folder);
        if (id.isPresent()) {
          found.add(repository(id.get(), folder));
        }
      }
      return found;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Returns one repository.
   *
   * @throws VlmException {@code MODEL_NOT_FOUND} if it is not in the cache
   */
  public CachedRepository get(RepositoryId id) {
    Path folder = new CacheLayout(cache, id).root();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new VlmException(
          ErrorCode.MODEL_NOT_FOUND,
          "the cache " + cache + " has no repository " + id + "; see 'cache list'");
    }
    try {
      return repository(id, folder);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static Optional<RepositoryId> idOf(Path folder) {
    String name = String.valueOf(folder.getFileName());
    if (!name.startsWith(CacheLayout.PREFIX)
        || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    String id = name.substring(CacheLayout.PREFIX.length()).replace(CacheLayout.SEPARATOR, "/");
    return RepositoryId.isValid(id) ? Optional.of(new RepositoryId(id)) : Optional.empty();
  }

  private static CachedRepository repository(RepositoryId id, Path folder) throws IOException {
    List<String> commits =
        CachedNames.children(folder.resolve(CacheLayout.SNAPSHOTS)).stream()
            .filter(Files::isDirectory)
            .map(commit -> commit.getFileName().toString())
            .toList();
    Map<String, String> references = new TreeMap<>();
    for (String name : CachedNames.below(folder.resolve(CacheLayout.REFS))) {
      RefFile.read(folder.resolve(CacheLayout.REFS).resolve(name))
          .ifPresent(commit -> references.put(name, commit));
    }
    return new CachedRepository(id, folder, FolderSize.of(folder), commits, references);
  }

  /**
   * Hashes every content of a repository and follows every link.
   *
   * @throws VlmException {@code IO_FAILURE}, or {@code DOWNLOAD_CANCELLED}
   */
  public CacheCheck verify(CachedRepository repository, DownloadListener listener) {
    DownloadControl control =
        new DownloadControl(listener, new Subject(repository.id(), null, null));
    try {
      List<String> problems = new ArrayList<>();
      int checked = 0;
      for (Path blob : CachedNames.children(repository.folder().resolve(CacheLayout.BLOBS))) {
        String name = blob.getFileName().toString();
        if (!HASH.matcher(name).matches()) {
          continue;
        }
        checked++;
        if (!Files.isRegularFile(blob)) {
          problems.add("blobs/" + name + " is no file");
        } else if (!BlobDigest.matches(blob, name, control)) {
          problems.add("blobs/" + name + " does not have the hash that is its name");
        }
      }
      problems.addAll(new CacheInspection(repository).brokenLinks());
      return new CacheCheck(repository.id(), checked, problems);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Looks at links, references and sizes of a repository; hashes nothing.
   *
   * @throws VlmException {@code IO_FAILURE}
   */
  public CacheCheck inspect(CachedRepository repository) {
    try {
      return new CacheCheck(repository.id(), 0, new CacheInspection(repository).problems());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Deletes a repository from the cache. Links are deleted, not followed.
   *
   * @throws VlmException {@code IO_FAILURE}
   */
  public void remove(CachedRepository repository) {
    try {
      Path locks = cache.resolve(".locks").resolve(repository.id().folder());
      delete(repository.folder());
      delete(locks);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Finds what of a repository nothing refers to any more: the commits that no branch or tag names,
   * the contents that only they have, and what downloads have not finished. What clients share
   * between repositories is left alone.
   *
   * @throws VlmException {@code IO_FAILURE}
   */
  public UnusedData unused(CachedRepository repository) {
    try {
      return new UnusedSearch(repository).find();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Deletes what was found, except what is referred to by now. Do not call it during a download: it
   * names its commit last.
   *
   * @throws VlmException {@code IO_FAILURE}
   */
  public void remove(UnusedData unused) {
    try {
      Path folder = cache.resolve(unused.id().folder());
      List<Path> still = new UnusedSearch(repository(unused.id(), folder)).find().paths();
      for (Path path : unused.paths()) {
        if (still.contains(path)) {
          delete(path);
        }
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Snapshots come before blobs in this order: a kill leaves no link that leads to nothing. */
  private static void delete(Path path) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(path)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }

  private VlmException failure(IOException e) {
    return new VlmException(
        ErrorCode.IO_FAILURE,
        "the cache " + cache + " cannot be read or changed: " + e + "; check its permissions",
        e);
  }
}

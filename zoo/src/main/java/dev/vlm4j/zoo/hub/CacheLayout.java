package dev.vlm4j.zoo.hub;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Paths of one repository in the official cache. Every part that comes from elsewhere has been
 * checked by its type: identifiers, revisions, hashes and names of files.
 *
 * @param cache the cache folder
 * @param id the repository
 */
record CacheLayout(Path cache, RepositoryId id) {
  static final String PREFIX = "models--";
  static final String SEPARATOR = "--";
  static final String BLOBS = "blobs";
  static final String SNAPSHOTS = "snapshots";
  static final String REFS = "refs";
  static final String INCOMPLETE = ".incomplete";

  private static final Pattern ETAG = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  Path root() {
    return cache.resolve(id.folder());
  }

  Path blobs() {
    return root().resolve(BLOBS);
  }

  Path blob(String etag) {
    if (!ETAG.matcher(etag).matches()) {
      throw new IllegalArgumentException("a hash was not checked");
    }
    return blobs().resolve(etag);
  }

  Path snapshots() {
    return root().resolve(SNAPSHOTS);
  }

  Path snapshot(String commit) {
    return snapshots().resolve(checked(commit));
  }

  Path tree(String commit) {
    return root().resolve("trees").resolve(checked(commit) + ".json");
  }

  Path absent(String commit, String path) {
    return resolve(root().resolve(".no_exist").resolve(checked(commit)), path);
  }

  Path ref(Revision revision) {
    return resolve(root().resolve(REFS), revision.text());
  }

  Path lock(String etag) {
    return cache.resolve(".locks").resolve(id.folder()).resolve(blob(etag).getFileName() + ".lock");
  }

  Path tag() {
    return cache.resolve("CACHEDIR.TAG");
  }

  /** Returns a file below a folder; the name has been checked before, and is checked again. */
  static Path resolve(Path folder, String name) {
    Path file = folder.resolve(name).normalize();
    if (RepositoryPath.escapes(name) || !file.startsWith(folder) || file.equals(folder)) {
      throw new IllegalArgumentException("a name was not checked");
    }
    return file;
  }

  private static String checked(String commit) {
    if (!Revision.isCommit(commit)) {
      throw new IllegalArgumentException("a commit was not checked");
    }
    return commit;
  }
}

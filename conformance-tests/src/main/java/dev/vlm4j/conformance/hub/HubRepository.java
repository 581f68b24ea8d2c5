package dev.vlm4j.conformance.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A repository in a double. Thread-safe. */
public final class HubRepository {
  private final String id;
  private final Map<String, Map<String, HubFile>> commits = new ConcurrentHashMap<>();
  private final Map<String, String> references = new ConcurrentHashMap<>();
  private volatile Access access = Access.OPEN;
  private volatile String license = "apache-2.0";

  HubRepository(String id) {
    this.id = id;
  }

  /** Who may see a repository. */
  public enum Access {
    /** Everybody. */
    OPEN,
    /** Who has the token of the double; others are told that it does not exist. */
    PRIVATE,
    /** Who has the token; others are told to accept the terms. */
    GATED,
    /** Nobody. */
    DISABLED
  }

  /** Returns the identifier. */
  public String id() {
    return id;
  }

  /** Adds a commit and lets a branch, a tag or a reference such as {@code refs/pr/1} name it. */
  public String commit(String reference, List<HubFile> files) {
    Map<String, HubFile> byPath = new LinkedHashMap<>();
    files.forEach(file -> byPath.put(file.path(), file));
    String commit =
        String.format("%08x%032x", id.hashCode(), (long) commits.size() + 1).substring(0, 40);
    commits.put(commit, byPath);
    references.put(reference, commit);
    return commit;
  }

  /** Lets a reference name a commit; also one that is none. */
  public void point(String reference, String commit) {
    references.put(reference, commit);
  }

  /** Sets who may see the repository. */
  public void access(Access now) {
    access = now;
  }

  /** Sets the licence tag. */
  public void license(String name) {
    license = name;
  }

  Access access() {
    return access;
  }

  String license() {
    return license;
  }

  Optional<String> resolve(String revision) {
    return commits.containsKey(revision)
        ? Optional.of(revision)
        : Optional.ofNullable(references.get(revision));
  }

  Map<String, HubFile> files(String commit) {
    return commits.getOrDefault(commit, Map.of());
  }
}

package dev.vlm4j.zoo.hub;

import org.jspecify.annotations.Nullable;

/**
 * What a request is about, for messages.
 *
 * @param repository the repository; null if the Hub itself is meant
 * @param revision branch, tag or commit; null if none is meant
 * @param file name in the repository; null if none is meant
 */
record Subject(
    @Nullable RepositoryId repository, @Nullable String revision, @Nullable String file) {
  /** The Hub itself. */
  static final Subject NONE = new Subject(null, null, null);

  static Subject of(RepositoryId repository, Revision revision) {
    return new Subject(repository, revision.text(), null);
  }

  Subject withFile(String name) {
    return new Subject(repository, revision, name);
  }

  /** Names the thing in the middle of a sentence. */
  String what() {
    if (repository == null) {
      return "the Hub";
    }
    return file == null
        ? "the repository " + repository
        : "the file " + Printable.of(file) + " of " + repository;
  }

  String suffix(@Nullable String requestId) {
    String at = revision == null ? "" : ", revision " + revision;
    String id = requestId == null ? "" : ", request " + requestId;
    if (repository == null) {
      return requestId == null ? "" : " (request " + requestId + ")";
    }
    return " (repository " + repository + at + id + ")";
  }
}

package dev.vlm4j.zoo;

import java.nio.file.Path;

/**
 * A model of a Hub that is complete in the cache.
 *
 * @param repository the repository
 * @param revision what was asked for
 * @param commit what that is
 * @param folder folder with the files of the commit
 * @param files number of files that the model needs
 * @param bytes their sizes together
 */
public record DownloadedModel(
    String repository, String revision, String commit, Path folder, int files, long bytes) {}

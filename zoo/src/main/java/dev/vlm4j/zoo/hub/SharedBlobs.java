package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The folder in which newer versions of the official client keep contents that several repositories
 * share; blobs of a repository are links to them. It is read, never written. Source: <a
 * href="https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/utils/_shared_blobs.py">its
 * shared blobs</a>.
 */
public final class SharedBlobs {
  private static final String MARKER = ".huggingface-shared-blobs";

  private SharedBlobs() {}

  /** Returns whether a real path lies in the shared folder of a cache. */
  public static boolean contains(Path cache, Path real) throws IOException {
    Path shared = cache.resolve(CacheLayout.BLOBS);
    return Files.isRegularFile(shared.resolve(MARKER), LinkOption.NOFOLLOW_LINKS)
        && real.startsWith(shared.toRealPath());
  }
}

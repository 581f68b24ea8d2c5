package dev.vlm4j.zoo.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file as the listing of a commit describes it.
 *
 * @param path name in the repository
 * @param size bytes
 * @param blobId SHA-1 that Git gives to what it stores
 * @param sha256 SHA-256 of a file outside of Git; null for one that Git stores itself
 * @param xetHash name in another storage, which is not used; null if there is none
 */
record RemoteFile(
    String path, long size, String blobId, @Nullable String sha256, @Nullable String xetHash) {
  private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final long LARGEST = 1L << 48;

  /** Reads an entry of a listing; empty if a hash or a size is malformed. */
  static Optional<RemoteFile> of(JsonNode entry) {
    JsonNode lfs = entry.path("lfs");
    boolean large = lfs.isObject();
    return of(
        entry.path("path").asText(""),
        large && lfs.path("size").isIntegralNumber() ? lfs.path("size") : entry.path("size"),
        entry.path("oid").asText(""),
        large ? lfs.path("oid").asText("") : null,
        entry.path("xetHash").asText(""));
  }

  static Optional<RemoteFile> of(
      String path, JsonNode size, String blobId, @Nullable String sha256, String xetHash) {
    boolean sound =
        size.isIntegralNumber()
            && size.canConvertToLong()
            && size.asLong() >= 0
            && size.asLong() <= LARGEST
            && SHA1.matcher(blobId).matches()
            && (sha256 == null || SHA256.matcher(sha256).matches());
    String xet = SHA256.matcher(xetHash).matches() ? xetHash : null;
    return sound
        ? Optional.of(new RemoteFile(path, size.asLong(), blobId, sha256, xet))
        : Optional.empty();
  }

  /** Returns the name of the content in the cache, which is its hash too. */
  String etag() {
    return sha256 == null ? blobId : sha256;
  }
}

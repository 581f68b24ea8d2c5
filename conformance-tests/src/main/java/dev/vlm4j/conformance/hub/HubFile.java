package dev.vlm4j.conformance.hub;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of a repository in a double.
 *
 * @param path name in the repository
 * @param content its bytes
 * @param large whether it lies in the storage and is named by SHA-256, as weights are
 * @param etag the hash that names it
 * @param pointerId what Git calls what it stores: the file, or the pointer to the storage
 */
public record HubFile(String path, Content content, boolean large, String etag, String pointerId) {
  /** Returns a small file, which Git stores itself. */
  public static HubFile small(String path, byte[] bytes) {
    String id = gitId(Content.of(bytes));
    return new HubFile(path, Content.of(bytes), false, id, id);
  }

  /** Returns a small text file. */
  public static HubFile text(String path, String text) {
    return small(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a file of the storage. */
  public static HubFile large(String path, Content content) {
    String sha256 = hash("SHA-256", "", content);
    String pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:"
            + sha256
            + "\nsize "
            + content.size()
            + "\n";
    return new HubFile(
        path,
        content,
        true,
        sha256,
        gitId(Content.of(pointer.getBytes(StandardCharsets.US_ASCII))));
  }

  /** Returns the SHA-256 of the content. */
  String sha256() {
    return large ? etag : hash("SHA-256", "", content);
  }

  private static String gitId(Content content) {
    return hash("SHA-1", "blob " + content.size() + "\0", content);
  }

  private static String hash(String algorithm, String head, Content content) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(head.getBytes(StandardCharsets.US_ASCII));
      try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        content.write(out, 0, content.size());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash that names a content: SHA-256, or what Git computes over a header and the bytes. */
final class BlobDigest {
  private static final int SHA256_LENGTH = 64;
  private static final int BUFFER = 1 << 18;

  private final String etag;
  private final long size;
  private final MessageDigest digest;

  BlobDigest(String etag, long size) {
    this.etag = etag;
    this.size = size;
    this.digest = digest(etag.length() == SHA256_LENGTH ? "SHA-256" : "SHA-1");
    reset();
  }

  /** Starts over. */
  void reset() {
    digest.reset();
    if (etag.length() != SHA256_LENGTH) {
      digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
    }
  }

  void update(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  /** Returns whether the bytes so far are the content; call it once. */
  boolean matches() {
    return HexFormat.of().formatHex(digest.digest()).equals(etag);
  }

  /** Returns whether a file has a content. */
  static boolean matches(Path file, String etag, DownloadControl control) throws IOException {
    BlobDigest digest = new BlobDigest(etag, Files.size(file));
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        control.checkCancelled();
        digest.update(buffer, n);
      }
    }
    return digest.matches();
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + name, e);
    }
  }
}

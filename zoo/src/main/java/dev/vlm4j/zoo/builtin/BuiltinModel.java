package dev.vlm4j.zoo.builtin;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Unpacks the model that comes with the library: weights are mapped, so they must be a file. It is
 * an ordinary checkpoint and loaded like any other.
 */
public final class BuiltinModel {
  private static final List<String> FILES =
      List.of(
          "config.json",
          "generation_config.json",
          "preprocessor_config.json",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "chat_template.jinja",
          "model.safetensors");
  private static final int NAME_LENGTH = 16;

  private BuiltinModel() {}

  /**
   * Returns a folder with the model, unpacked once per content and user.
   *
   * @throws VlmException {@code IO_FAILURE} if it cannot be written
   */
  public static Path folder() {
    try {
      String name = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9._-]", "_");
      Path parent = Path.of(System.getProperty("java.io.tmpdir"), "vlm4j-" + name);
      Path folder = parent.resolve("builtin-" + digest().substring(0, NAME_LENGTH));
      return Files.isDirectory(folder) ? folder : unpack(parent, folder);
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "the built-in model cannot be unpacked: "
              + e.getMessage()
              + "; set -Djava.io.tmpdir to a folder with 10 MB of room",
          e);
    }
  }

  /** A folder appears whole or not at all, so that programs that start together do not disturb. */
  private static Path unpack(Path parent, Path folder) throws IOException {
    Files.createDirectories(parent);
    Path temporary = Files.createTempDirectory(parent, "unpacking-");
    for (String file : FILES) {
      try (InputStream in = open(file)) {
        Files.copy(in, temporary.resolve(file));
      }
    }
    try {
      return Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      for (String file : FILES) {
        Files.delete(temporary.resolve(file));
      }
      Files.delete(temporary);
      return folder;
    }
  }

  private static String digest() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String file : FILES) {
        try (InputStream in = new DigestInputStream(open(file), digest)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static InputStream open(String file) throws IOException {
    InputStream in = BuiltinModel.class.getResourceAsStream(file);
    if (in == null) {
      throw new IOException("the jar of vlm4j-zoo lacks " + file);
    }
    return in;
  }
}

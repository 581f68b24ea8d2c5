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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models that come with the library. They are ordinary checkpoints and loaded like any other;
 * weights are mapped, so they are unpacked to files.
 */
public enum BuiltinModel {
  /** Answers questions about coloured shapes, in LLaVA layout. */
  SHAPES("builtin", List.of("chat_template.jinja")),
  /** Finds coloured shapes, in Florence-2 layout. */
  DETECTOR("builtin-detector", List.of());

  private static final List<String> COMMON_FILES =
      List.of(
          "config.json",
          "generation_config.json",
          "preprocessor_config.json",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "model.safetensors");
  private static final int NAME_LENGTH = 16;

  private final String id;
  private final List<String> more;

  BuiltinModel(String id, List<String> more) {
    this.id = id;
    this.more = more;
  }

  private List<String> files() {
    return Stream.concat(COMMON_FILES.stream(), more.stream()).toList();
  }

  /** Returns the name by which the model is loaded. */
  public String id() {
    return id;
  }

  /** Returns the model of that name; empty if there is none. */
  public static Optional<BuiltinModel> find(String id) {
    return Arrays.stream(values()).filter(model -> model.id.equals(id)).findFirst();
  }

  /**
   * Returns a folder with the model, unpacked once per content and user.
   *
   * @throws VlmException {@code IO_FAILURE} if it cannot be written
   */
  public Path folder() {
    try {
      String name = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9._-]", "_");
      Path parent = Path.of(System.getProperty("java.io.tmpdir"), "vlm4j-" + name);
      Path folder = parent.resolve(id + "-" + digest().substring(0, NAME_LENGTH));
      return Files.isDirectory(folder) ? folder : unpack(parent, folder);
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "the model "
              + id
              + " cannot be unpacked: "
              + e.getMessage()
              + "; set -Djava.io.tmpdir to a folder with 10 MB of room",
          e);
    }
  }

  /** A folder appears whole or not at all, so that programs that start together do not disturb. */
  private Path unpack(Path parent, Path folder) throws IOException {
    Files.createDirectories(parent);
    Path temporary = Files.createTempDirectory(parent, "unpacking-");
    for (String file : files()) {
      try (InputStream in = open(file)) {
        Files.copy(in, temporary.resolve(file));
      }
    }
    try {
      return Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      for (String file : files()) {
        Files.delete(temporary.resolve(file));
      }
      Files.delete(temporary);
      return folder;
    }
  }

  private String digest() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String file : files()) {
        try (InputStream in = new DigestInputStream(open(file), digest)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private InputStream open(String file) throws IOException {
    InputStream in = BuiltinModel.class.getResourceAsStream("/dev/vlm4j/zoo/" + id + "/" + file);
    if (in == null) {
      throw new IOException("the jar of vlm4j-zoo lacks " + file + " of the model " + id);
    }
    return in;
  }
}

package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file in which a login leaves the access token. */
final class TokenFile {
  private static final int LONGEST = 16_384;

  private TokenFile() {}

  /** Returns the token; empty without a file, or with an empty one. */
  static Optional<String> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
        return Optional.empty();
      }
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "the file with the access token, " + file + ", cannot be read; correct or delete it",
          e);
    }
  }
}

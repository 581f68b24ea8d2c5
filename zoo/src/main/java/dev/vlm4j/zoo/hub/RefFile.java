package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The commit that a branch or tag was when it was last asked for. */
final class RefFile {
  private static final int LONGEST = 200;

  private RefFile() {}

  /** Returns the commit; empty if none is stored. */
  static Optional<String> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
        return Optional.empty();
      }
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1).strip())
          .filter(Revision::isCommit);
    } catch (IOException e) {
      System.getLogger(RefFile.class.getName())
          .log(System.Logger.Level.WARNING, "ignoring the unreadable reference " + file);
      return Optional.empty();
    }
  }

  /** Stores a commit unless it is stored already, so that a read-only cache is left alone. */
  static void write(Path file, String commit) throws IOException {
    if (!read(file).equals(Optional.of(commit))) {
      AtomicFile.write(file, commit.getBytes(StandardCharsets.US_ASCII));
    }
  }
}

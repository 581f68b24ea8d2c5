package dev.vlm4j.zoo.cli;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where results are written besides standard output; looked at before the work is done. */
final class OutputPlace {
  private OutputPlace() {}

  /**
   * Refuses a file that can be seen not to be writable, so that no hours of work are lost for it.
   *
   * @throws VlmException {@code IO_FAILURE}
   */
  static void check(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw failure(file, "it is a folder; name a file", null);
    }
    if (!Files.isDirectory(folder)) {
      throw failure(file, "there is no folder " + folder + "; make it, or name another", null);
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw failure(file, "access is denied; change its permissions, or name another file", null);
    }
  }

  /**
   * Refuses a folder that can be seen not to be one; a folder that is missing is made later.
   *
   * @throws VlmException {@code IO_FAILURE}
   */
  static void checkFolder(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw failure(folder, "it is a file; name a folder", null);
    }
  }

  /** Returns the error for a file or folder that could not be written. */
  static VlmException failure(Path file, IOException cause) {
    String next = "; make room or change its permissions, or name another place";
    return failure(file, IoReason.of(cause) + next, cause);
  }

  private static VlmException failure(Path file, String reason, @Nullable Exception cause) {
    return new VlmException(ErrorCode.IO_FAILURE, "cannot write " + file + ": " + reason, cause);
  }
}

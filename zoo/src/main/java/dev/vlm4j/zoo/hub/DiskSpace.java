package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Room on the volume of a folder. */
public final class DiskSpace {
  /** Links, folders and small files need some room as well. */
  private static final long MARGIN = 1 << 20;

  private static final double MEGA = 1e6;

  private DiskSpace() {}

  /**
   * Refuses to begin what cannot end well.
   *
   * @throws VlmException {@code DISK_FULL}
   */
  static void check(Path folder, long needed) {
    long free = free(folder);
    if (free < needed + MARGIN) {
      throw full(folder, needed, null);
    }
  }

  /** Returns the error for a failed write: the volume is full, or something else is wrong. */
  static VlmException failure(Path folder, long missing, IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    if (reason.contains("No space left") || reason.contains("quota") || free(folder) < missing) {
      return full(folder, missing, cause);
    }
    String why =
        cause instanceof FileSystemException file && file.getReason() == null
            ? file.getClass().getSimpleName() + ": " + file.getFile()
            : reason;
    return new VlmException(
        ErrorCode.IO_FAILURE,
        "the cache folder "
            + folder
            + " cannot be written: "
            + why
            + "; make it writable, or name another one with HF_HUB_CACHE",
        cause);
  }

  private static VlmException full(Path folder, long needed, @Nullable IOException cause) {
    return new VlmException(
        ErrorCode.DISK_FULL,
        String.format(
            Locale.ROOT,
            "the volume of %s has %.1f MB free, %.1f MB are needed: make room, or name another"
                + " cache folder with HF_HUB_CACHE",
            folder,
            free(folder) / MEGA,
            needed / MEGA),
        cause);
  }

  /** Returns the bytes free on the volume of a folder, which need not exist. */
  public static long free(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return existing == null ? Long.MAX_VALUE : Files.getFileStore(existing).getUsableSpace();
    } catch (IOException e) {
      // Some network volumes do not say; then the write itself will.
      System.getLogger(DiskSpace.class.getName())
          .log(System.Logger.Level.DEBUG, "the free space is unknown", e);
      return Long.MAX_VALUE;
    }
  }
}

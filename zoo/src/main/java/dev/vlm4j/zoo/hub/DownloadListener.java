package dev.vlm4j.zoo.hub;

import java.time.Duration;

/** Follows a download and may end it. Calls come from several threads, never at the same time. */
public interface DownloadListener {
  /** Follows nothing and never cancels. */
  DownloadListener NONE = new DownloadListener() {};

  /**
   * Files are about to be fetched.
   *
   * @param files number of files that are not in the cache
   * @param bytes their sizes together
   */
  default void onStart(int files, long bytes) {}

  /** More bytes have come; negative if a file starts over. */
  default void onBytes(long bytes) {}

  /** All files are in place, or the download failed. */
  default void onEnd() {}

  /** Nothing happens for a while, on purpose. */
  default void onWait(String reason, Duration time) {}

  /** Something a user may want to know; one line. */
  default void onNotice(String text) {}

  /** Returns whether to stop; asked at least ten times a second. */
  default boolean isCancelled() {
    return false;
  }
}

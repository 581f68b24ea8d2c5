package dev.vlm4j.api;

/**
 * Hears of an answer while it grows, in the thread that generates. An exception from it ends the
 * request and reaches the caller of {@code generate}.
 */
@FunctionalInterface
public interface GenerationListener {
  /** Ignores everything. */
  GenerationListener NONE = text -> {};

  /**
   * Called with the next piece of text: never empty, whole characters only. All pieces joined are
   * the answer's text.
   */
  void onText(String text);

  /** Called with every generated id, before the text that it completes. */
  default void onToken(int tokenId) {}

  /** Asked before every step; true ends the answer with {@link FinishReason#CANCELLED}. */
  default boolean isCancelled() {
    return false;
  }
}

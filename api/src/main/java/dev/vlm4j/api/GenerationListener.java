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
   * the answer's text. A beam search knows its answer only when it ends: there is one piece then.
   */
  void onText(String text);

  /**
   * Called with every generated id, before the text that it completes; in a beam search with the
   * ids of the answer when it ends.
   */
  default void onToken(int tokenId) {}

  /**
   * Asked before every step; true ends the answer with {@link FinishReason#CANCELLED}. A beam
   * search then gives the best finished answer, or the best unfinished one if there is none.
   */
  default boolean isCancelled() {
    return false;
  }
}

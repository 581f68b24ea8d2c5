package dev.vlm4j.zoo.generation;

import dev.vlm4j.spi.RequestFeed;

/** Decides whether a request may start. Thread-safe. */
@FunctionalInterface
public interface RequestGuard {
  /** Lets every request start. */
  RequestGuard NONE =
      (feed, newTokens, rows) ->
          new Admission() {
            @Override
            public void succeeded() {}

            @Override
            public void close() {}
          };

  /**
   * Admits a request before anything of it runs.
   *
   * @param feed what it feeds the stages
   * @param newTokens the most tokens of the answer
   * @param rows how many answers are followed at once
   * @return held while the request runs
   * @throws dev.vlm4j.error.VlmException {@code MEMORY_SHORT} if it needs more than there is
   */
  Admission admit(RequestFeed feed, int newTokens, int rows);

  /** A request that runs. */
  interface Admission extends AutoCloseable {
    /** Says that the request has had all the memory that it needs. */
    void succeeded();

    /** Says that the request is over. */
    @Override
    void close();
  }
}

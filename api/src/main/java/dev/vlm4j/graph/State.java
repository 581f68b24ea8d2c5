package dev.vlm4j.graph;

/**
 * A key or value cache that a session owns. Its contents have the logical shape {@code [rows,
 * heads, length, headDim]}; the engine chooses the layout.
 *
 * @param name unique in the graph, for example {@code layers.0.key}
 * @param heads number of key-value heads
 * @param headDim elements per head
 * @param group states of one group grow together: every run appends the same number of positions to
 *     each of them. {@link #SELF} for self-attention
 */
public record State(String name, int heads, int headDim, String group) {
  /** Group of the self-attention caches. */
  public static final String SELF = "self";

  /** Group of the caches that hold the encoder's keys and values. */
  public static final String CROSS = "cross";

  /** Rejects empty states. */
  public State {
    if (heads < 1 || headDim < 1) {
      throw new IllegalArgumentException("heads and headDim must be positive");
    }
  }
}

package dev.vlm4j.spi;

/** What the numbers of a box mean that a model writes as text. */
public enum BoxFrame {
  /** Thousandths of the picture's width and height: 0 to 1000 (Qwen2-VL, Qwen3-VL). */
  THOUSANDTHS,
  /** Pixels of the resized picture that the model saw (Qwen2.5-VL). */
  SEEN_PIXELS
}

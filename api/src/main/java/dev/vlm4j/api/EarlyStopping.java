package dev.vlm4j.api;

/**
 * When a beam search ends, once as many answers are finished as there are beams. Source: <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/generation/configuration_utils.py">configuration_utils.py</a>
 * ({@code early_stopping}).
 */
public enum EarlyStopping {
  /**
   * When the best unfinished answer, were it to end now, would not beat the worst finished one: a
   * guess, as it may still get better with a positive length penalty.
   */
  FALSE,

  /** At once. */
  TRUE,

  /** When no unfinished answer can beat the worst finished one any more, whatever its length. */
  NEVER
}

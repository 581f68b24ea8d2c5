package dev.vlm4j.api;

/** Why an answer ended. */
public enum FinishReason {
  /** The model ended it. */
  STOP,
  /** The limit of new tokens or of the context was reached. */
  LENGTH,
  /** The caller cancelled; the answer holds what came before. */
  CANCELLED
}

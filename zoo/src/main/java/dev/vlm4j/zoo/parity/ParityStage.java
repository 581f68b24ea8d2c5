package dev.vlm4j.zoo.parity;

import java.util.Locale;

/** What is compared, in the order in which a request computes it. */
public enum ParityStage {
  /** What the processor makes of the pictures: computed in Java, outside of every engine. */
  PIXEL_VALUES,
  /** All results of the vision stage. */
  VISION_FEATURES,
  /** All results of the encoder of an encoder-decoder. */
  ENCODER_STATES,
  /** Scores of the first new token: the decoder's run over the prompt. */
  FIRST_LOGITS,
  /** Scores of all further tokens: the decoder's runs with caches. */
  STEP_LOGITS;

  /** Returns the name for people, for example {@code first logits}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public String toString() {
    return label();
  }
}

package dev.vlm4j.models.florence2;

/** Who wrote the files of a checkpoint. */
enum Florence2Layout {
  /** The reference library, from its version 5 on. */
  NATIVE,
  /**
   * The authors of Florence-2: other names of tensors and settings, a stored matrix that is
   * transposed, no placeholders in prompts, a tokenizer without the location tokens.
   */
  LEGACY
}

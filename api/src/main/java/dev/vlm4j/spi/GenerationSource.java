package dev.vlm4j.spi;

/** Where a checkpoint keeps its generation settings. */
public enum GenerationSource {
  /** In {@code generation_config.json}; without that file, in {@code config.json}. */
  GENERATION_CONFIG,
  /** In {@code text_config} of {@code config.json}, whatever other files say. */
  TEXT_CONFIG
}

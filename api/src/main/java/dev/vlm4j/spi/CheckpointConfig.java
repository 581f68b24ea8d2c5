package dev.vlm4j.spi;

import dev.vlm4j.api.ImageBackend;

/** The JSON files of a checkpoint, mapped to an architecture's own records. */
public interface CheckpointConfig {
  /** Returns {@code model_type} of {@code config.json}. */
  String modelType();

  /**
   * Maps {@code config.json} to a record: snake case names to components, absent and null values to
   * null, a single value where a list is wanted to a list of one, unknown names ignored.
   *
   * @throws dev.vlm4j.error.VlmException {@code CONFIG_INVALID} naming the file and the field
   */
  <T> T model(Class<T> type);

  /**
   * Maps the processor's settings to a record in the same way: {@code preprocessor_config.json} and
   * {@code processor_config.json}, whose nested {@code image_processor} comes first.
   */
  <T> T processor(Class<T> type);

  /**
   * Maps {@code generation_config.json} to a record in the same way; all null without the file.
   *
   * @throws dev.vlm4j.error.VlmException {@code CONFIG_INVALID} naming the field
   */
  <T> T generation(Class<T> type);

  /**
   * Returns the id of a token that the tokenizer knows as a whole.
   *
   * @throws dev.vlm4j.error.VlmException {@code TOKENIZER_INVALID} if it does not
   */
  int tokenId(String token);

  /**
   * Returns which image processors are to be followed: one of {@link Architecture#imageBackends()}.
   */
  default ImageBackend imageBackend() {
    return ImageBackend.TORCHVISION;
  }
}

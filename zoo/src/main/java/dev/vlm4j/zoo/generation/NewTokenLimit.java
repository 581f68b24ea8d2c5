package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.checkpoint.GenerationConfig;

/**
 * The most ids that an answer may have: what the caller says, else the checkpoint's {@code
 * max_new_tokens}, else its {@code max_length}, which counts the ids that the decoder starts with,
 * else the default; never beyond the context. Source: <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/generation/utils.py">utils.py</a>
 * ({@code _prepare_generated_length}).
 *
 * @param config settings of the checkpoint
 * @param contextLength the most positions that prompt and answer may have together
 */
record NewTokenLimit(GenerationConfig config, int contextLength) {
  /**
   * Returns the limit of one request.
   *
   * @param promptLength ids of the prompt
   * @param startLength ids that the decoder starts with: the prompt's, or an encoder-decoder's
   *     start
   * @param room the most new ids that the model has room for
   * @throws VlmException {@code CONTEXT_TOO_LONG} if there is room for none
   */
  int of(GenerationOptions options, int promptLength, int startLength, int room) {
    if (room < 1) {
      throw new VlmException(
          ErrorCode.CONTEXT_TOO_LONG,
          "the prompt has "
              + promptLength
              + " tokens, the model reads at most "
              + (contextLength - 1)
              + " before an answer: shorten the text or give fewer pictures");
    }
    return Math.min(room, options.maxNewTokens().orElseGet(() -> ofCheckpoint(startLength)));
  }

  private int ofCheckpoint(int startLength) {
    if (config.maxNewTokens() != null) {
      return config.maxNewTokens();
    }
    if (config.maxLength() == null) {
      return GenerationOptions.DEFAULT_MAX_NEW_TOKENS;
    }
    if (config.maxLength() <= startLength) {
      throw new VlmException(
          ErrorCode.CONTEXT_TOO_LONG,
          "the checkpoint limits prompt and answer together to "
              + config.maxLength()
              + " tokens (max_length), the prompt has "
              + startLength
              + " already: set the most new tokens of the answer yourself, or shorten the prompt");
    }
    return config.maxLength() - startLength;
  }
}

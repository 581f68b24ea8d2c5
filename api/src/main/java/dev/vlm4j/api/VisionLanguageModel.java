package dev.vlm4j.api;

/**
 * A loaded model. Thread-safe: requests from several threads may overlap and do not affect each
 * other. {@link #close()} refuses new requests, ends running ones after their current step with
 * {@code CLOSED}, and then releases all native memory.
 */
public interface VisionLanguageModel extends AutoCloseable {
  /** Returns what has been loaded. */
  ModelInfo info();

  /**
   * Answers a prompt with default options.
   *
   * @throws dev.vlm4j.error.VlmException for unreadable pictures, counts that do not fit, prompts
   *     beyond the context, or failures of the engine
   */
  default Answer generate(Prompt prompt) {
    return generate(prompt, GenerationOptions.DEFAULT);
  }

  /** Answers a prompt; see {@link #generate(Prompt)}. */
  default Answer generate(Prompt prompt, GenerationOptions options) {
    return generate(prompt, options, GenerationListener.NONE);
  }

  /** Answers a prompt and tells a listener of every piece; see {@link #generate(Prompt)}. */
  Answer generate(Prompt prompt, GenerationOptions options, GenerationListener listener);

  /** Starts answering in a thread of its own and returns the stream to read from; close it. */
  TextStream stream(Prompt prompt, GenerationOptions options);

  /** Returns everything that the model would see of a prompt, without running it. */
  ModelInputs inputs(Prompt prompt);

  /** Releases the model; a second call does nothing. */
  @Override
  void close();
}

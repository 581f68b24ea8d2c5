package dev.vlm4j.zoo;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.TextStream;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.zoo.generation.Generator;
import java.util.Deque;

/** A model with everything that must be closed with it. */
final class LoadedModel implements VisionLanguageModel {
  private final LifetimeGate gate;
  private final ModelInfo info;
  private final Generator generator;
  private final Deque<AutoCloseable> resources;

  /** Takes the resources over; the first one is closed first. */
  LoadedModel(ModelInfo info, Generator generator, Deque<AutoCloseable> resources) {
    this.info = info;
    this.generator = generator;
    this.resources = resources;
    this.gate = new LifetimeGate("the model " + info.id());
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public Answer generate(Prompt prompt, GenerationOptions options, GenerationListener listener) {
    return gate.use(() -> generator.generate(prompt, options, new ClosingListener(listener)));
  }

  @Override
  public TextStream stream(Prompt prompt, GenerationOptions options) {
    return BackgroundStream.start(listener -> generate(prompt, options, listener));
  }

  @Override
  public ModelInputs inputs(Prompt prompt) {
    return gate.use(() -> generator.preparer().inputs(prompt));
  }

  @Override
  public void close() {
    gate.close(() -> closeAll(resources));
  }

  static void closeAll(Deque<AutoCloseable> resources) {
    VlmException failure = null;
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        failure =
            new VlmException(ErrorCode.ENGINE_FAILURE, "closing failed: " + e.getMessage(), e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Ends a running request after its step when the model is being closed. */
  private final class ClosingListener implements GenerationListener {
    private final GenerationListener listener;

    ClosingListener(GenerationListener listener) {
      this.listener = listener;
    }

    @Override
    public void onText(String text) {
      listener.onText(text);
    }

    @Override
    public void onToken(int tokenId) {
      checkOpen();
      listener.onToken(tokenId);
    }

    /** Asked before every step, also of a beam search, which names its tokens at the end. */
    @Override
    public boolean isCancelled() {
      checkOpen();
      return listener.isCancelled();
    }

    private void checkOpen() {
      if (gate.isClosed()) {
        throw new VlmException(
            ErrorCode.CLOSED, "the model " + info.id() + " was closed during the request");
      }
    }
  }
}

package dev.vlm4j.zoo;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.api.TextStream;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request in a thread of its own whose pieces wait in a queue. */
final class BackgroundStream implements TextStream {
  /** Told apart from every piece by identity; pieces are never empty. */
  private static final String END = "";

  private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final CompletableFuture<Answer> result = new CompletableFuture<>();
  private @Nullable String next;

  private BackgroundStream() {}

  static TextStream start(Function<GenerationListener, Answer> request) {
    BackgroundStream stream = new BackgroundStream();
    Thread thread = new Thread(() -> stream.run(request), "vlm4j-stream");
    thread.setDaemon(true);
    thread.start();
    return stream;
  }

  private void run(Function<GenerationListener, Answer> request) {
    try {
      result.complete(request.apply(new Listener()));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    } finally {
      pieces.add(END);
    }
  }

  private final class Listener implements GenerationListener {
    @Override
    public void onText(String text) {
      pieces.add(text);
    }

    @Override
    public boolean isCancelled() {
      return cancelled.get();
    }
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      next = take();
    }
    if (!next.isEmpty()) {
      return true;
    }
    if (result.isCompletedExceptionally()) {
      answer();
    }
    return false;
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the answer has ended");
    }
    String piece = String.valueOf(next);
    next = null;
    return piece;
  }

  private String take() {
    try {
      return pieces.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel();
      throw new VlmException(
          ErrorCode.CLOSED,
          "the thread was interrupted while it waited for the answer, which is cancelled: ask again",
          e);
    }
  }

  @Override
  public void cancel() {
    cancelled.set(true);
  }

  @Override
  public Answer answer() {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    cancel();
    result.handle((answer, failure) -> true).join();
  }
}

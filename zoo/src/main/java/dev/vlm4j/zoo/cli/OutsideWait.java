package dev.vlm4j.zoo.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Waits for input in a way that Ctrl-C ends at once. Java cannot wake up a thread that reads from a
 * terminal or a pipe, so another one reads.
 *
 * @param interrupted whether the user wants the program to end
 */
record OutsideWait(BooleanSupplier interrupted) {
  private static final long STEP_MS = 50;

  <T> T on(Callable<T> input) throws IOException {
    FutureTask<T> task = new FutureTask<>(input);
    Thread reader = new Thread(task, "vlm4j-input");
    reader.setDaemon(true);
    reader.start();
    while (true) {
      try {
        return task.get(STEP_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        checkInterrupted();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the thread was interrupted");
      } catch (ExecutionException e) {
        throw failure(e);
      }
    }
  }

  private void checkInterrupted() {
    if (interrupted.getAsBoolean()) {
      throw new InterruptedByUser();
    }
  }

  private static IOException failure(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    if (e.getCause() instanceof RuntimeException mistake) {
      throw mistake;
    }
    return e.getCause() instanceof IOException failure ? failure : new IOException(e);
  }
}

package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Files that are fetched side by side; the first failure ends them all. */
final class FetchJob {
  private final DownloadControl control;
  private final ExecutorService workers;

  FetchJob(DownloadControl control, int parallel) {
    this.control = control;
    this.workers =
        Executors.newFixedThreadPool(
            parallel,
            task -> {
              Thread thread = new Thread(task, "vlm4j-download");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Work on one file. */
  interface Work {
    void run(RemoteFile file) throws IOException;
  }

  /** Returns after all files are done, or all threads have stopped. */
  void run(List<RemoteFile> files, Work work) throws IOException {
    List<Future<?>> tasks = new ArrayList<>();
    for (RemoteFile file : files) {
      tasks.add(
          workers.submit(
              () -> {
                stopOnFailure(file, work);
                return null;
              }));
    }
    workers.shutdown();
    finish(tasks);
  }

  private void stopOnFailure(RemoteFile file, Work work) throws IOException {
    boolean done = false;
    try {
      control.checkCancelled();
      work.run(file);
      done = true;
    } finally {
      if (!done) {
        control.stop();
      }
    }
  }

  /** The failure that stopped the others is the one to tell, not their cancellations. */
  private void finish(List<Future<?>> tasks) throws IOException {
    Throwable told = null;
    for (Future<?> task : tasks) {
      Throwable failure = outcome(task);
      if (failure != null && (told == null || isCancellation(told))) {
        told = failure;
      }
    }
    if (told instanceof IOException e) {
      throw e;
    }
    if (told instanceof RuntimeException e) {
      throw e;
    }
    if (told instanceof Error e) {
      throw e;
    }
  }

  private static boolean isCancellation(Throwable failure) {
    return failure instanceof VlmException e && e.code() == ErrorCode.DOWNLOAD_CANCELLED;
  }

  private @org.jspecify.annotations.Nullable Throwable outcome(Future<?> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return null;
        } catch (InterruptedException e) {
          interrupted = true;
          control.stop();
        } catch (ExecutionException e) {
          return e.getCause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

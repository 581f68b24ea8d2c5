package dev.vlm4j.zoo;

import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.ModelAdapter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The engines of one load. Their native libraries are read in the background, because that takes
 * about as long as reading the checkpoint's texts. For one thread.
 */
final class OpeningEngines implements AutoCloseable {
  private final Engines engines;
  private final BackendOptions options;
  private final Map<String, CompletableFuture<Backend>> opening = new HashMap<>();

  /** Starts to load the engines that the options name. */
  OpeningEngines(Engines engines, LoadOptions options) {
    this.engines = engines;
    this.options = new BackendOptions(options.threads(), options.device());
    for (String stage : List.of(ModelAdapter.VISION, ModelAdapter.DECODER)) {
      opening.computeIfAbsent(options.backend(stage), this::start);
    }
  }

  private CompletableFuture<Backend> start(String name) {
    return CompletableFuture.supplyAsync(
        () -> engines.create(name, options), task -> run(task, "vlm4j-opens-" + name));
  }

  private static void run(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns a loaded engine, which stays open until this closes; throws what kept it from it. */
  Backend get(String name) {
    try {
      return opening.computeIfAbsent(name, this::start).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Waits for engines that are still loading. One that failed to load was never asked for. */
  @Override
  public void close() {
    Deque<AutoCloseable> loaded = new ArrayDeque<>();
    for (String name : opening.keySet()) {
      loaded.add(() -> closeIfLoaded(name));
    }
    LoadedModel.closeAll(loaded);
  }

  private void closeIfLoaded(String name) {
    Backend backend;
    try {
      backend = get(name);
    } catch (RuntimeException e) {
      return;
    }
    backend.close();
  }
}

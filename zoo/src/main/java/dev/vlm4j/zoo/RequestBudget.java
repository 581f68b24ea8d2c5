package dev.vlm4j.zoo;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.zoo.generation.RequestGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Refuses requests of one loaded model that need more memory than there is, with the sums of a
 * plan. Requests that run at the same time count together. What the results of former requests took
 * counts as kept by the engine for the next ones, so a request that is no larger than one before is
 * not refused because of it. Thread-safe.
 */
final class RequestBudget implements RequestGuard {
  private static final double GIGA = 1e9;

  private final List<Stage> stages;
  private final LongSupplier room;
  private final boolean includesKept;
  private final List<Need> running = new ArrayList<>();
  private long kept;

  /** A graph in the precision that it was compiled in. */
  record Stage(Graph graph, Precision precision) {}

  /** What one request takes. */
  private record Need(long positions, long cache, long results) {}

  private RequestBudget(List<Stage> stages, LongSupplier room, boolean includesKept) {
    this.stages = List.copyOf(stages);
    this.room = room;
    this.includesKept = includesKept;
  }

  /** Requests may take what is left when they start, beside what the engine keeps. */
  static RequestBudget ofAvailable(List<Stage> stages, LongSupplier available) {
    return new RequestBudget(stages, available, false);
  }

  /** Requests may take a fixed number of bytes. */
  static RequestBudget ofLimit(List<Stage> stages, long bytes) {
    return new RequestBudget(stages, () -> bytes, true);
  }

  @Override
  public Admission admit(RequestFeed feed, int newTokens, int rows) {
    Need need = need(feed, newTokens, rows);
    synchronized (this) {
      require(need);
      running.add(need);
    }
    return new Running(need);
  }

  private Need need(RequestFeed feed, int newTokens, int rows) {
    Map<String, Integer> capacities = feed.capacities(newTokens);
    int most = capacities.values().stream().mapToInt(n -> n).max().orElse(0);
    long cache = 0;
    for (Stage stage : stages) {
      cache += rows * MemoryEstimate.cache(stage.graph().states(), capacities, stage.precision());
    }
    List<Graph> graphs = stages.stream().map(Stage::graph).toList();
    long elements = new RequestMemory(graphs, feed, most).elements();
    return new Need(most, cache, MemoryEstimate.results(elements));
  }

  private void require(Need need) {
    long caches = need.cache() + running.stream().mapToLong(Need::cache).sum();
    long results = need.results() + runningResults();
    long there = room.getAsLong() + (includesKept ? 0 : kept);
    if (caches + Math.max(results, kept) > there) {
      throw new VlmException(
          ErrorCode.MEMORY_SHORT,
          String.format(
              Locale.ROOT,
              "the request needs about %.2f GB of memory beside the model (cache of %d positions"
                  + " %.2f, intermediate results %.2f)%s, but %.2f GB are available: give fewer or"
                  + " smaller pictures, a shorter text, fewer new tokens or beams, choose a smaller"
                  + " precision or model, close other programs, or try all the same with"
                  + " --ignore-memory (LoadOptions.withMemoryLimit)",
              (need.cache() + need.results()) / GIGA,
              need.positions(),
              need.cache() / GIGA,
              need.results() / GIGA,
              others(caches + results - need.cache() - need.results()),
              Math.max(0, there) / GIGA));
    }
  }

  private String others(long bytes) {
    return running.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT, ", and %d running requests %.2f GB", running.size(), bytes / GIGA);
  }

  private long runningResults() {
    return running.stream().mapToLong(Need::results).sum();
  }

  /** One admitted request. */
  private final class Running implements Admission {
    private final Need need;

    Running(Need need) {
      this.need = need;
    }

    @Override
    public void succeeded() {
      synchronized (RequestBudget.this) {
        kept = Math.max(kept, runningResults());
      }
    }

    /** Of equal requests, any may go. */
    @Override
    public void close() {
      synchronized (RequestBudget.this) {
        running.remove(need);
      }
    }
  }
}

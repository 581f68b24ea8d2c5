package dev.vlm4j.zoo;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Adds up what a model needs, as a plan does, less the results of requests: how large those are is
 * known with the request only. For one load.
 */
final class MemoryCheck {
  private static final double GIGA = 1e9;

  private final CheckpointFolder folder;
  private final int context;
  private final Map<String, Long> engines = new HashMap<>();
  private long weights;
  private long cache;

  MemoryCheck(CheckpointFolder folder, int contextLength) {
    this.folder = folder;
    this.context = ModelPlanner.context(PlanRequest.DEFAULT, contextLength);
  }

  void add(Graph graph, Map<String, StoredTensor> tensors, Backend backend, Precision precision) {
    MemoryEstimate stage = MemoryEstimate.of(List.of(graph), tensors, context);
    weights += stage.weights(precision, backend.supports(Capability.WEIGHTS_IN_PLACE));
    cache += stage.cache(precision);
    engines.put(backend.name(), backend.engineBytes());
  }

  /** Returns the bytes of the model alone. */
  long model() {
    return weights + program();
  }

  private long program() {
    return MemoryEstimate.program(engines.values().stream().mapToLong(n -> n).sum(), folder);
  }

  /**
   * Compares the sum with what there is.
   *
   * @throws VlmException {@code MEMORY_SHORT}
   */
  void require(long limit) {
    long program = program();
    long sum = weights + cache + program;
    if (sum > limit) {
      throw new VlmException(
          ErrorCode.MEMORY_SHORT,
          String.format(
              Locale.ROOT,
              "the model needs about %.1f GB of memory (weights %.1f, cache of %d positions %.1f,"
                  + " program %.1f) and requests need more, but %.1f GB are available: choose a"
                  + " smaller precision or model ('vlm4j plan' compares them), close other"
                  + " programs, or try all the same with --ignore-memory"
                  + " (LoadOptions.withMemoryLimit)",
              sum / GIGA,
              weights / GIGA,
              context,
              cache / GIGA,
              program / GIGA,
              limit / GIGA));
    }
  }
}

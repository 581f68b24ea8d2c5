package dev.vlm4j.backend.djl;

import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.nn.CompositeExpansion;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.CacheGrowth;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.CompileCheck;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.WeightSource;
import java.util.List;
import java.util.Set;

/**
 * PyTorch. The number of threads is a setting of the whole process in PyTorch: the last call wins.
 */
final class DjlBackend implements Backend {
  /** Measured with a tiny model. */
  private static final long ENGINE_BYTES = 90_000_000;

  private static final Set<Precision> PRECISIONS = Set.of(Precision.FP32, Precision.BF16);

  private final TorchEngine engine;
  private final LifetimeGate gate = new LifetimeGate("the backend " + DjlBackendProvider.NAME);

  DjlBackend(TorchEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return DjlBackendProvider.NAME;
  }

  @Override
  public long engineBytes() {
    return ENGINE_BYTES;
  }

  @Override
  public String engineVersion() {
    return engine.version();
  }

  @Override
  public Set<Precision> precisions() {
    return PRECISIONS;
  }

  /** Brain floats are slower than 32-bit floats where the processor does not know them. */
  @Override
  public Precision preferredPrecision(StorageType stored) {
    boolean fast = engine.usesGpu() || CpuFeatures.multiplyBrainFloats();
    return stored == StorageType.BF16 && fast ? Precision.BF16 : Precision.FP32;
  }

  @Override
  public boolean supports(Capability capability) {
    return switch (capability) {
      case WEIGHTS_IN_PLACE, RAGGED_ROWS, CONCURRENT_SESSIONS -> true;
      case CANCEL_IN_STEP -> false;
      case GPU -> engine.hasCuda();
    };
  }

  @Override
  public List<GraphProblem> check(Graph graph, CompileOptions options) {
    return CacheGrowth.problems(graph);
  }

  @Override
  public CompiledGraph compile(Graph graph, WeightSource weights, CompileOptions options) {
    return gate.use(
        () -> {
          CompileCheck.require(this, graph, options);
          Graph lowered =
              CompositeExpansion.expand(
                  graph, node -> options.nativeForms() && DjlCompositeOps.isNative(node));
          TorchTypes types = new TorchTypes(options.precision());
          return DjlCompiledGraph.compile(engine, lowered, types, weights);
        });
  }

  @Override
  public void close() {
    gate.close(() -> {});
  }
}

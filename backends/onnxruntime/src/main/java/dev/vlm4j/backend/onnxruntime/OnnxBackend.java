package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.Graph;
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

/** Compiles graphs for ONNX Runtime. Thread-safe. */
final class OnnxBackend implements Backend {
  /** Measured with a tiny model. */
  private static final long ENGINE_BYTES = 10_000_000;

  private static final Set<Precision> PRECISIONS = Set.of(Precision.FP32);

  private final OnnxEngine engine;
  private final LifetimeGate gate = new LifetimeGate("the backend " + OnnxBackendProvider.NAME);

  OnnxBackend(OnnxEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return OnnxBackendProvider.NAME;
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

  @Override
  public Precision preferredPrecision(StorageType stored) {
    return Precision.FP32;
  }

  @Override
  public boolean supports(Capability capability) {
    return switch (capability) {
      case WEIGHTS_IN_PLACE, RAGGED_ROWS, CANCEL_IN_STEP, CONCURRENT_SESSIONS -> true;
      case GPU -> OnnxEngine.hasGpu();
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
          OnnxWeights located = OnnxWeights.locate(graph, weights, engine.sharesMemory());
          return compile(graph, located, options.nativeForms());
        });
  }

  private CompiledGraph compile(Graph graph, OnnxWeights weights, boolean nativeForms) {
    OnnxCompiler compiler = new OnnxCompiler(engine, graph, weights);
    try {
      return nativeForms
          ? OnnxCompiledGraph.ofNativeForms(engine, graph, compiler)
          : OnnxCompiledGraph.ofPrimitives(engine, graph, compiler);
    } catch (RuntimeException e) {
      compiler.close();
      throw e;
    }
  }

  @Override
  public void close() {
    gate.close(() -> {});
  }
}

package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.nn.CompositeExpansion;
import dev.vlm4j.spi.Backend;
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
    return OnnxGrowth.problems(graph);
  }

  @Override
  public CompiledGraph compile(Graph graph, WeightSource weights, CompileOptions options) {
    return gate.use(
        () -> {
          CompileCheck.require(this, graph, options);
          return compile(graph, OnnxWeights.locate(graph, weights), options.nativeForms());
        });
  }

  private CompiledGraph compile(Graph graph, OnnxWeights weights, boolean nativeForms) {
    if (!nativeForms) {
      return OnnxCompiledGraph.of(engine, graph, program(graph, weights, OnnxNativeForms.NONE));
    }
    Set<String> grouped = OnnxNativeForms.groupedStates(graph);
    OnnxProgram all = program(graph, weights, OnnxNativeForms.ALL);
    return OnnxCompiledGraph.of(
        engine, graph, all, grouped, () -> program(graph, weights, OnnxNativeForms.ANY_STEP));
  }

  private OnnxProgram program(Graph graph, OnnxWeights weights, OnnxNativeForms forms) {
    OnnxModel model = OnnxLowering.lower(CompositeExpansion.expand(graph, forms), weights);
    String what = "the graph " + graph.name();
    return new OnnxProgram(model, engine.compile(model.bytes(), weights.dataRoot(), what));
  }

  @Override
  public void close() {
    gate.close(() -> {});
  }
}

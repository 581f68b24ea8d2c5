package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.nn.CompositeExpansion;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
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
import org.tensorflow.TensorFlow;

/** The loaded TensorFlow library. */
final class TensorFlowBackend implements Backend {
  /** Measured with a tiny model. */
  private static final long ENGINE_BYTES = 280_000_000;

  private final LifetimeGate gate = new LifetimeGate("the backend tensorflow");
  private final BackendOptions options;
  private final String version;

  private TensorFlowBackend(BackendOptions options, String version) {
    this.options = options;
    this.version = version;
  }

  static TensorFlowBackend load(BackendOptions options) {
    liftMemoryLimits();
    return new TensorFlowBackend(options, TensorFlow.version());
  }

  /**
   * JavaCPP, which binds TensorFlow, by default refuses to allocate once the process is larger than
   * four times the Java heap. Weights lie outside of the heap on purpose. A limit that the user set
   * stays.
   */
  private static void liftMemoryLimits() {
    for (String limit : List.of("maxBytes", "maxPhysicalBytes")) {
      String property = "org.bytedeco.javacpp." + limit;
      if (System.getProperty(property) == null) {
        System.setProperty(property, "0");
      }
    }
  }

  @Override
  public String name() {
    return TensorFlowBackendProvider.NAME;
  }

  @Override
  public long engineBytes() {
    return ENGINE_BYTES;
  }

  @Override
  public String engineVersion() {
    return version;
  }

  @Override
  public Set<Precision> precisions() {
    return Set.of(Precision.FP32);
  }

  @Override
  public Precision preferredPrecision(StorageType stored) {
    return Precision.FP32;
  }

  @Override
  public boolean supports(Capability capability) {
    return switch (capability) {
      case RAGGED_ROWS, CONCURRENT_SESSIONS -> true;
      case WEIGHTS_IN_PLACE, CANCEL_IN_STEP, GPU -> false;
    };
  }

  @Override
  public List<GraphProblem> check(Graph graph, CompileOptions compileOptions) {
    return TensorFlowLimits.problems(expand(graph, compileOptions));
  }

  @Override
  public CompiledGraph compile(Graph graph, WeightSource weights, CompileOptions compileOptions) {
    return gate.use(() -> compileOpen(graph, weights, compileOptions));
  }

  private CompiledGraph compileOpen(
      Graph graph, WeightSource weights, CompileOptions compileOptions) {
    CompileCheck.require(this, graph, compileOptions);
    Graph expanded = expand(graph, compileOptions);
    return TensorFlowCompiledGraph.compile(expanded, weights, options);
  }

  private static Graph expand(Graph graph, CompileOptions compileOptions) {
    return CompositeExpansion.expand(
        graph, node -> compileOptions.nativeForms() && TensorFlowCompositeOps.hasNativeForm(node));
  }

  @Override
  public void close() {
    gate.close(() -> {});
  }
}

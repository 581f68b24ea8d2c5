package dev.vlm4j.backend.reference;

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

/** Interprets the expansion of every graph; there are no native forms. */
final class ReferenceBackend implements Backend {
  /** Measured with a tiny model; that of the reference is none beyond the Java virtual machine. */
  private static final long ENGINE_BYTES = 0L;

  private static final String VERSION = "1";

  private final LifetimeGate gate = new LifetimeGate("the backend 'reference'");

  @Override
  public String name() {
    return ReferenceBackendProvider.NAME;
  }

  @Override
  public long engineBytes() {
    return ENGINE_BYTES;
  }

  @Override
  public String engineVersion() {
    return VERSION;
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
      case RAGGED_ROWS, CANCEL_IN_STEP, CONCURRENT_SESSIONS -> true;
      case WEIGHTS_IN_PLACE, GPU -> false;
    };
  }

  @Override
  public List<GraphProblem> check(Graph graph, CompileOptions options) {
    return List.of();
  }

  @Override
  public CompiledGraph compile(Graph graph, WeightSource weights, CompileOptions options) {
    return gate.use(() -> interpretable(graph, weights, options));
  }

  private CompiledGraph interpretable(Graph graph, WeightSource weights, CompileOptions options) {
    CompileCheck.require(this, graph, options);
    Graph expanded = CompositeExpansion.expand(graph, node -> false);
    return new ReferenceCompiledGraph(expanded, ReferenceWeights.of(expanded, weights));
  }

  @Override
  public void close() {
    gate.close(() -> {});
  }
}

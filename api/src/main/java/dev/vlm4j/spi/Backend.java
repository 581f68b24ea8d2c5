package dev.vlm4j.spi;

import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.Graph;
import java.util.List;
import java.util.Set;

/** A loaded engine. Thread-safe. Closing it closes nothing that it compiled. */
public interface Backend extends AutoCloseable {
  /** Returns the name of its provider. */
  String name();

  /** Returns the version of the engine, for example {@code 1.29.0}. */
  String engineVersion();

  /** Returns the number formats that graphs can be compiled for on this machine. */
  Set<Precision> precisions();

  /**
   * Returns the precision to use when the user leaves the choice to the backend.
   *
   * @param stored element type of most weights of the checkpoint
   */
  Precision preferredPrecision(StorageType stored);

  /** Returns whether the backend has the capability on this machine. */
  boolean supports(Capability capability);

  /**
   * Returns about how many bytes the loaded engine takes beside weights, caches and results:
   * libraries and buffers of its own. For estimates.
   */
  default long engineBytes() {
    return 100_000_000;
  }

  /** Returns every node that cannot be lowered, with its scope; empty if the graph compiles. */
  List<GraphProblem> check(Graph graph, CompileOptions options);

  /**
   * Compiles a graph and binds its weights.
   *
   * @throws dev.vlm4j.error.GraphException {@code GRAPH_UNSUPPORTED} listing all problems of {@link
   *     #check}
   * @throws dev.vlm4j.error.VlmException {@code PRECISION_UNSUPPORTED}, {@code WEIGHTS_MISMATCH} or
   *     {@code ENGINE_FAILURE}
   */
  CompiledGraph compile(Graph graph, WeightSource weights, CompileOptions options);

  /** Releases the engine's own resources; a second call does nothing. */
  @Override
  void close();
}

package dev.vlm4j.spi;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.GraphException;
import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import java.util.List;

/** Refuses what a backend cannot compile, in the same words for all backends. */
public final class CompileCheck {
  private CompileCheck() {}

  /**
   * Refuses a precision that the backend does not have here, and a graph that it cannot lower.
   *
   * @throws VlmException {@code PRECISION_UNSUPPORTED}
   * @throws GraphException {@code GRAPH_UNSUPPORTED} listing all problems of {@link Backend#check}
   */
  public static void require(Backend backend, Graph graph, CompileOptions options) {
    requirePrecision(backend, options.precision());
    List<GraphProblem> problems = backend.check(graph, options);
    if (!problems.isEmpty()) {
      throw new GraphException(
          ErrorCode.GRAPH_UNSUPPORTED,
          "the backend '" + backend.name() + "' cannot run the graph " + graph.name() + ":",
          problems);
    }
  }

  /**
   * Refuses a precision that the backend does not have here.
   *
   * @throws VlmException {@code PRECISION_UNSUPPORTED}
   */
  public static void requirePrecision(Backend backend, Precision precision) {
    if (!backend.precisions().contains(precision)) {
      List<String> supported =
          backend.precisions().stream().sorted().map(Precision::label).toList();
      throw new VlmException(
          ErrorCode.PRECISION_UNSUPPORTED,
          "the backend '"
              + backend.name()
              + "' does not compute in "
              + precision.label()
              + " here; it supports: "
              + String.join(", ", supported)
              + ". Choose one of these, or another backend");
    }
  }
}

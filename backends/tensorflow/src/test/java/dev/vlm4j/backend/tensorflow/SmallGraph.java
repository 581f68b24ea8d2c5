package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Runs graphs of one result. */
final class SmallGraph {
  private SmallGraph() {}

  static Graph of(Function<GraphBuilder, Value> body) {
    GraphBuilder builder = new GraphBuilder("small");
    builder.output("y", body.apply(builder));
    return builder.build();
  }

  static Tensor run(
      Function<GraphBuilder, Value> body, MemoryWeights weights, Map<String, Tensor> inputs) {
    return run(of(body), weights, inputs, true);
  }

  static Tensor run(Function<GraphBuilder, Value> body, Map<String, Tensor> inputs) {
    return run(body, new MemoryWeights(), inputs);
  }

  static Tensor run(
      Graph graph, MemoryWeights weights, Map<String, Tensor> inputs, boolean nativeForms) {
    CompileOptions options = new CompileOptions(Precision.FP32, nativeForms);
    try (Backend backend = new TensorFlowBackendProvider().create(BackendOptions.DEFAULT);
        CompiledGraph compiled = backend.compile(graph, weights, options);
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      return session.run(inputs, Set.of("y")).get("y");
    }
  }
}

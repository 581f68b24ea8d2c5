package dev.vlm4j.zoo.parity;

import static java.util.Objects.requireNonNull;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphTaps;
import dev.vlm4j.graph.Node;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for the first scope path at which an engine leaves the base: both run a graph whose results
 * are what it computes on the way, the base first.
 *
 * @param model the model
 * @param base what the base did
 * @param point which run to look into
 */
record ScopeTrace(ParityModel model, BaseRun base, TracePoint point) {
  ParityTrace of(String baseBackend, String backend) {
    GraphTaps taps = GraphTaps.atScopes(graph());
    Map<String, Tensor> expected = run(baseBackend, true, taps);
    Map<String, Tensor> actual = run(backend, false, taps);
    return new ParityTrace(
        point.stage(),
        point.run(),
        taps.firstDifference(expected, actual, this::agree)
            .map(tap -> place(taps, tap, expected, actual)));
  }

  private Graph graph() {
    return model.graphs().stream()
        .filter(graph -> graph.name().equals(point.stage()))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, Tensor> run(String backend, boolean isBase, GraphTaps taps) {
    try (ParityModel.Engine engine = model.load(backend, isBase)) {
      return run(engine.compile(taps.graph()), taps.nodes().keySet());
    }
  }

  private Map<String, Tensor> run(CompiledGraph graph, Set<String> taps) {
    ForcedRequest request = base.request();
    StageOutputs outputs = base.outputs();
    return switch (point.stage()) {
      case ModelAdapter.VISION -> request.vision(graph, point.run(), taps);
      case ModelAdapter.ENCODER -> request.encoder(graph, outputs.joinedVision(), taps);
      default -> step(graph, taps);
    };
  }

  /** The runs before fill the caches; one result each is the least that can be asked for. */
  private Map<String, Tensor> step(CompiledGraph graph, Set<String> taps) {
    Set<String> one = Set.of(taps.iterator().next());
    List<Map<String, Tensor>> runs =
        base.request()
            .decoder(
                graph,
                base.outputs().features(),
                point.run() + 1,
                run -> run == point.run() ? taps : one);
    return runs.get(point.run());
  }

  private boolean agree(Tensor expected, Tensor actual) {
    Distance distance = Distance.between(expected, actual);
    return distance.largest() <= point.tolerance().limit(distance.scale());
  }

  private ParityTrace.Place place(
      GraphTaps taps, String tap, Map<String, Tensor> expected, Map<String, Tensor> actual) {
    Node node = requireNonNull(taps.nodes().get(tap));
    Distance distance =
        Distance.between(requireNonNull(expected.get(tap)), requireNonNull(actual.get(tap)));
    return new ParityTrace.Place(
        node.scope(),
        node.op().toString(),
        distance.largest(),
        point.tolerance().limit(distance.scale()));
  }
}

package dev.vlm4j.zoo.parity;

import static java.util.Objects.requireNonNull;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All stages of a model on one engine.
 *
 * @param graphs the stages by name
 * @param compiled the engine's forms by the same names
 */
record CompiledStages(Map<String, Graph> graphs, Map<String, CompiledGraph> compiled) {
  private static final Set<String> LOGITS = Set.of(ModelAdapter.LOGITS);

  static CompiledStages of(ParityModel model, ParityModel.Engine engine) {
    Map<String, Graph> graphs = new HashMap<>();
    Map<String, CompiledGraph> compiled = new HashMap<>();
    for (Graph graph : model.graphs()) {
      graphs.put(graph.name(), graph);
      compiled.put(graph.name(), engine.compile(graph));
    }
    return new CompiledStages(graphs, compiled);
  }

  /** Runs all stages, each with what this engine's stages before it gave. */
  StageOutputs endToEnd(ForcedRequest request) {
    StageOutputs towers =
        new StageOutputs(
            request.pixels(),
            request.vision(stage(ModelAdapter.VISION), outputs(ModelAdapter.VISION)),
            Map.of(),
            List.of());
    StageOutputs encoded = towers.withEncoder(encoder(request, towers.joinedVision()));
    return encoded.withLogits(logits(request, encoded.features()));
  }

  /**
   * Runs the stages that read what another one gave, each with what the base's stages before it
   * gave. Nothing is run again whose inputs cannot differ.
   */
  StageOutputs alone(ForcedRequest request, StageOutputs base, StageOutputs own) {
    boolean hasPictures = !base.vision().isEmpty();
    boolean hasFeatures = !base.features().isEmpty();
    StageOutputs encoded =
        hasPictures ? own.withEncoder(encoder(request, base.joinedVision())) : own;
    return hasFeatures ? encoded.withLogits(logits(request, base.features())) : encoded;
  }

  private Map<String, Tensor> encoder(ForcedRequest request, Map<String, Tensor> vision) {
    return graphs.containsKey(ModelAdapter.ENCODER)
        ? request.encoder(stage(ModelAdapter.ENCODER), vision, outputs(ModelAdapter.ENCODER))
        : Map.of();
  }

  private List<Map<String, Tensor>> logits(ForcedRequest request, Map<String, Tensor> features) {
    return request.decoder(
        stage(ModelAdapter.DECODER), features, request.decoderRuns(), run -> LOGITS);
  }

  private CompiledGraph stage(String name) {
    return requireNonNull(compiled.get(name), name);
  }

  private Set<String> outputs(String name) {
    return requireNonNull(graphs.get(name), name).outputs().keySet();
  }
}

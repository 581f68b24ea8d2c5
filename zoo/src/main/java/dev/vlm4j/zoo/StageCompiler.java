package dev.vlm4j.zoo;

import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.CompileCheck;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.zoo.checkpoint.CheckpointWeights;
import dev.vlm4j.zoo.generation.Stages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles the stages of a model, each on the backend that the options name. For one load. */
final class StageCompiler implements AutoCloseable {
  private final Engines engines;
  private final LoadOptions options;
  private final CheckpointWeights weights;
  private final Map<String, Backend> backends = new HashMap<>();
  private final Map<String, Stages.Stage> compiled = new LinkedHashMap<>();
  private final List<ModelInfo.Stage> infos = new ArrayList<>();

  StageCompiler(Engines engines, LoadOptions options, CheckpointWeights weights) {
    this.engines = engines;
    this.options = options;
    this.weights = weights;
  }

  /** Refuses options for stages that the model does not have. */
  void checkStages(List<Graph> graphs) {
    List<String> names = graphs.stream().map(Graph::name).toList();
    for (String stage : options.stages()) {
      if (!names.contains(stage)) {
        throw new VlmException(
            ErrorCode.INVALID_ARGUMENT,
            "the model has no stage '" + stage + "'; it has: " + String.join(", ", names));
      }
    }
  }

  CompiledGraph compile(Graph graph) {
    Backend backend = backend(graph);
    Precision precision = precision(graph, backend);
    CompiledGraph stage = backend.compile(graph, weights, new CompileOptions(precision, true));
    compiled.put(graph.name(), new Stages.Stage(stage, graph.outputs().keySet()));
    infos.add(
        new ModelInfo.Stage(
            graph.name(), backend.name(), backend.engineVersion(), precision.label()));
    return stage;
  }

  /** Refuses precisions that a backend does not compute in, before any work is done. */
  void checkPrecisions(List<Graph> graphs) {
    graphs.forEach(graph -> precision(graph, backend(graph)));
  }

  private Backend backend(Graph graph) {
    return backends.computeIfAbsent(
        options.backend(graph.name()),
        name -> engines.create(name, new BackendOptions(options.threads(), options.device())));
  }

  private Precision precision(Graph graph, Backend backend) {
    Precision precision =
        options
            .precision(graph.name())
            .orElseGet(() -> backend.preferredPrecision(weights.mainType()));
    CompileCheck.requirePrecision(backend, precision);
    return precision;
  }

  Stages stages() {
    return new Stages(
        stage(ModelAdapter.VISION),
        compiled.get(ModelAdapter.ENCODER),
        stage(ModelAdapter.DECODER));
  }

  private Stages.Stage stage(String name) {
    Stages.Stage stage = compiled.get(name);
    if (stage == null) {
      throw new VlmException(
          ErrorCode.ARCHITECTURE_UNSUPPORTED, "the architecture has no stage " + name);
    }
    return stage;
  }

  List<ModelInfo.Stage> infos() {
    return infos;
  }

  @Override
  public void close() {
    Deque<AutoCloseable> resources = new ArrayDeque<>();
    compiled.values().forEach(stage -> resources.add(stage.graph()));
    resources.addAll(backends.values());
    LoadedModel.closeAll(resources);
  }
}

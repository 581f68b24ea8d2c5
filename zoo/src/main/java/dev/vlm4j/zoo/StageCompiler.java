package dev.vlm4j.zoo;

import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.CompileCheck;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.CheckpointWeights;
import dev.vlm4j.zoo.generation.RequestGuard;
import dev.vlm4j.zoo.generation.Stages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles the stages of a model, each on the backend that the options name. For one load. */
final class StageCompiler implements AutoCloseable {
  private final OpeningEngines engines;
  private final LoadOptions options;
  private final CheckpointWeights weights;
  private final Map<String, Stages.Stage> compiled = new LinkedHashMap<>();
  private final List<ModelInfo.Stage> infos = new ArrayList<>();

  /** Closes the engines with the stages. */
  StageCompiler(OpeningEngines engines, LoadOptions options, CheckpointWeights weights) {
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

  /**
   * Refuses a model that needs more memory than it may take, before anything large is allocated.
   *
   * @param folder the checkpoint
   * @param contextLength the most positions of prompt and answer
   * @throws VlmException {@code MEMORY_SHORT}
   */
  void checkMemory(List<Graph> graphs, CheckpointFolder folder, int contextLength) {
    MemoryCheck check = new MemoryCheck(folder, contextLength);
    for (Graph graph : graphs) {
      Backend backend = backend(graph);
      check.add(graph, weights.byName(), backend, precision(graph, backend));
    }
    check.require(options.memoryLimit());
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
    return engines.get(options.backend(graph.name()));
  }

  private Precision precision(Graph graph, Backend backend) {
    Precision precision =
        options
            .precision(graph.name())
            .orElseGet(() -> backend.preferredPrecision(weights.mainType()));
    CompileCheck.requirePrecision(backend, precision);
    return precision;
  }

  /** Returns what requests may take beside the model. */
  RequestGuard guard(List<Graph> graphs, CheckpointFolder folder) {
    List<RequestBudget.Stage> stages = new ArrayList<>();
    MemoryCheck check = new MemoryCheck(folder, 0);
    for (Graph graph : graphs) {
      Backend backend = backend(graph);
      Precision precision = precision(graph, backend);
      stages.add(new RequestBudget.Stage(graph, precision));
      check.add(graph, weights.byName(), backend, precision);
    }
    return options.requestGuard(stages, check.model());
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
    resources.add(engines);
    LoadedModel.closeAll(resources);
  }
}

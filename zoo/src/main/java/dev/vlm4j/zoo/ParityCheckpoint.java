package dev.vlm4j.zoo;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.zoo.checkpoint.CheckpointWeights;
import dev.vlm4j.zoo.generation.PreparedPrompt;
import dev.vlm4j.zoo.generation.RequestGuard;
import dev.vlm4j.zoo.parity.ParityModel;
import dev.vlm4j.zoo.parity.ParityRequest;
import java.util.List;

/** A checkpoint that is put on one engine after the other; its weights stay mapped meanwhile. */
final class ParityCheckpoint implements ParityModel {
  private final String id;
  private final Checkpoint checkpoint;
  private final CheckpointWeights weights;
  private final List<Graph> graphs;
  private final Engines engines;
  private final LoadOptions options;

  ParityCheckpoint(
      String id,
      Checkpoint checkpoint,
      CheckpointWeights weights,
      Engines engines,
      LoadOptions options) {
    this.id = id;
    this.checkpoint = checkpoint;
    this.weights = weights;
    this.graphs = checkpoint.adapter().stages(weights.names());
    this.engines = engines;
    this.options = options;
  }

  /** Refuses what would fail later, before the first engine has worked for nothing. */
  void check(ParityRequest request) {
    weights.check(graphs);
    try (StageCompiler compiler = compiler(request.base(), true)) {
      compiler.checkPrecisions(graphs);
    }
    for (String backend : request.others()) {
      try (StageCompiler compiler = compiler(backend, false)) {
        compiler.checkStages(graphs);
        compiler.checkPrecisions(graphs);
      }
    }
  }

  private StageCompiler compiler(String backend, boolean base) {
    LoadOptions onBackend = options.onBackend(backend);
    LoadOptions chosen = base ? onBackend.inFullPrecision() : onBackend;
    return new StageCompiler(new OpeningEngines(engines, chosen), chosen, weights);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ModelAdapter adapter() {
    return checkpoint.adapter();
  }

  @Override
  public List<Graph> graphs() {
    return graphs;
  }

  @Override
  public PreparedPrompt prepare(Prompt prompt) {
    return checkpoint.preparer().prepare(prompt);
  }

  @Override
  public Engine load(String backend, boolean base) {
    return new LoadedEngine(checkpoint, compiler(backend, base));
  }

  private record LoadedEngine(Checkpoint checkpoint, StageCompiler compiler) implements Engine {
    @Override
    public CompiledGraph compile(Graph graph) {
      return compiler.compile(graph);
    }

    @Override
    public List<ModelInfo.Stage> stages() {
      return List.copyOf(compiler.infos());
    }

    @Override
    public Answer answer(Prompt prompt, GenerationOptions generation) {
      return ModelLoader.generator(checkpoint, compiler, RequestGuard.NONE, 0)
          .generate(prompt, generation, GenerationListener.NONE);
    }

    @Override
    public void close() {
      compiler.close();
    }
  }
}

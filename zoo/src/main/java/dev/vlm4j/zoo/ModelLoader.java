package dev.vlm4j.zoo;

import com.google.inject.Inject;
import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.zoo.answer.BoxAnswerParser;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.CheckpointWeights;
import dev.vlm4j.zoo.generation.AnswerReading;
import dev.vlm4j.zoo.generation.Generator;
import dev.vlm4j.zoo.generation.InputOptions;
import dev.vlm4j.zoo.generation.RequestGuard;
import dev.vlm4j.zoo.parity.Parity;
import dev.vlm4j.zoo.parity.ParityReport;
import dev.vlm4j.zoo.parity.ParityRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Loads checkpoints. What a failed load had opened is closed again. */
final class ModelLoader {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Architectures architectures;
  private final Engines engines;

  @Inject
  ModelLoader(Architectures architectures, Engines engines) {
    this.architectures = architectures;
    this.engines = engines;
  }

  VisionLanguageModel load(String id, CheckpointFolder folder, LoadOptions options) {
    long start = System.nanoTime();
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    boolean loaded = false;
    try {
      OpeningEngines opening = keep(new OpeningEngines(engines, options), opened);
      Checkpoint checkpoint =
          keep(Checkpoint.openToRun(folder, architectures, options.inputs()), opened);
      ModelAdapter adapter = checkpoint.adapter();
      CheckpointWeights weights = keep(CheckpointWeights.open(folder, adapter.keys()), opened);
      List<Graph> graphs = adapter.stages(weights.names());
      weights.check(graphs);
      StageCompiler compiler = keep(new StageCompiler(opening, options, weights), opened);
      compiler.checkStages(graphs);
      compiler.checkMemory(graphs, folder, adapter.contextLength());
      graphs.forEach(compiler::compile);
      double loadMs = (System.nanoTime() - start) / NANOS_PER_MILLI;
      VisionLanguageModel model =
          new LoadedModel(
              info(id, checkpoint, compiler, weights),
              generator(checkpoint, compiler, compiler.guard(graphs, folder), loadMs),
              opened);
      loaded = true;
      return model;
    } finally {
      if (!loaded) {
        LoadedModel.closeAll(opened);
      }
    }
  }

  private static <T extends AutoCloseable> T keep(T resource, Deque<AutoCloseable> opened) {
    opened.push(resource);
    return resource;
  }

  private static ModelInfo info(
      String id, Checkpoint checkpoint, StageCompiler compiler, CheckpointWeights weights) {
    return new ModelInfo(
        id,
        checkpoint.architecture().name(),
        checkpoint.modelType(),
        compiler.infos(),
        checkpoint.adapter().contextLength(),
        weights.bytes(),
        checkpoint.folder().commit());
  }

  static Generator generator(
      Checkpoint checkpoint, StageCompiler compiler, RequestGuard guard, double loadMs) {
    return new Generator(
        checkpoint.adapter(),
        checkpoint.preparer(),
        checkpoint.tokenizer(),
        checkpoint.generation(),
        checkpoint.eosIds(),
        compiler.stages(),
        guard,
        new AnswerReading(BoxAnswerParser.of(checkpoint.adapter()), checkpoint.tokenizer()),
        loadMs);
  }

  ModelInputs inputs(CheckpointFolder folder, Prompt prompt, InputOptions inputs) {
    try (Checkpoint checkpoint = Checkpoint.open(folder, architectures, inputs)) {
      return checkpoint.preparer().inputs(prompt);
    }
  }

  ParityReport parity(
      String id, CheckpointFolder folder, LoadOptions options, ParityRequest request) {
    try (Checkpoint checkpoint = Checkpoint.openToRun(folder, architectures, options.inputs());
        CheckpointWeights weights = CheckpointWeights.open(folder, checkpoint.adapter().keys())) {
      ParityCheckpoint model = new ParityCheckpoint(id, checkpoint, weights, engines, options);
      model.check(request);
      return new Parity(model, request).report();
    }
  }

  ParsedAnswer parse(
      CheckpointFolder folder,
      LoadOptions options,
      String task,
      String text,
      Optional<PictureSize> picture) {
    try (Checkpoint checkpoint = Checkpoint.openToRun(folder, architectures, options.inputs())) {
      return new StoredAnswer(
              checkpoint.architecture().name(), checkpoint.adapter(), options.imageOptions())
          .parse(task, text, picture);
    }
  }

  List<Architecture> architectures() {
    return architectures.all();
  }

  List<BackendStatus> backends() {
    return engines.statuses();
  }
}

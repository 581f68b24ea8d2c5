package dev.vlm4j.conformance.checkpoint;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.NamedServices;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.WeightSource;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.checkpoint.CheckpointWeights;
import dev.vlm4j.zoo.checkpoint.FolderConfig;
import dev.vlm4j.zoo.tokenizer.PromptTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A checkpoint whose stages are run one by one, on any backend. */
final class StagedCheckpoint implements AutoCloseable {
  private final ModelAdapter adapter;
  private final CheckpointWeights weights;
  private final List<Graph> graphs;

  StagedCheckpoint(Path path) {
    CheckpointFolder folder = CheckpointFolder.open(path);
    NamedServices<Architecture> architectures =
        NamedServices.load(Architecture.class, Architecture::modelTypes);
    String type = FolderConfig.modelType(folder.config());
    Architecture architecture =
        architectures.all().stream()
            .filter(each -> each.modelTypes().contains(type))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no architecture for " + type));
    try (PromptTokenizer tokenizer = new PromptTokenizer(folder, architecture.addedTokens())) {
      this.adapter = architecture.adapt(new FolderConfig(folder, tokenizer::tokenId));
    }
    this.weights = CheckpointWeights.open(folder, adapter.keys());
    this.graphs = adapter.stages(weights.names());
  }

  ModelAdapter adapter() {
    return adapter;
  }

  WeightSource weights() {
    return weights;
  }

  Graph graph(String stage) {
    return graphs.stream()
        .filter(graph -> graph.name().equals(stage))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the architecture has no stage " + stage));
  }

  /** Returns the results of a stage before the decoder, all of them. */
  Map<String, Tensor> stage(Backend backend, String stage, Map<String, Tensor> inputs) {
    Graph graph = graph(stage);
    return run(backend, graph, inputs, graph.outputs().keySet());
  }

  boolean has(String stage) {
    return graphs.stream().anyMatch(graph -> graph.name().equals(stage));
  }

  /**
   * Returns the logits after the prompt; the parts before the last must not give any.
   *
   * @param prompt the parts of the prompt, run one after the other
   */
  Tensor logits(Backend backend, List<Map<String, Tensor>> prompt) {
    Graph graph = graph(ModelAdapter.DECODER);
    List<Tensor> results =
        run(backend, graph, prompt, Set.of(ModelAdapter.LOGITS)).stream()
            .map(result -> requireNonNull(result.get(ModelAdapter.LOGITS)))
            .toList();
    int last = results.size() - 1;
    assertThat(results.subList(0, last)).allSatisfy(early -> assertThat(early.floats()).isEmpty());
    return results.get(last);
  }

  /** Runs a graph once in a session of its own. */
  Map<String, Tensor> run(
      Backend backend, Graph graph, Map<String, Tensor> inputs, Set<String> outputs) {
    return run(backend, graph, List.of(inputs), outputs).get(0);
  }

  private List<Map<String, Tensor>> run(
      Backend backend, Graph graph, List<Map<String, Tensor>> runs, Set<String> outputs) {
    try (CompiledGraph compiled = backend.compile(graph, weights, CompileOptions.DEFAULT);
        GraphSession session = compiled.openSession(options(graph))) {
      return runs.stream().map(inputs -> session.run(inputs, outputs)).toList();
    }
  }

  private SessionOptions options(Graph graph) {
    Map<String, Integer> capacities =
        graph.states().stream()
            .map(State::group)
            .distinct()
            .collect(Collectors.toMap(group -> group, group -> adapter.contextLength()));
    return new SessionOptions(1, capacities);
  }

  /** Returns what the processor made of the pictures. */
  static ProcessedImages images(ModelInputs inputs) {
    if (inputs.images().isEmpty()) {
      return ProcessedImages.NONE;
    }
    List<ProcessorTensor> pixels =
        inputs.tensors().stream().filter(tensor -> tensor.type() != StorageType.I64).toList();
    List<ProcessedImages.Size> sizes =
        inputs.images().stream()
            .map(i -> new ProcessedImages.Size(i.resizedWidth(), i.resizedHeight(), i.tokens()))
            .toList();
    return new ProcessedImages(pixels, sizes);
  }

  @Override
  public void close() {
    weights.close();
  }
}

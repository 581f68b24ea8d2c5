package dev.vlm4j.zoo;

import com.google.inject.Inject;
import dev.vlm4j.api.Content;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.zoo.checkpoint.FolderConfig;
import dev.vlm4j.zoo.doctor.MachineMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds out what loading a model would take. */
final class ModelPlanner {
  private static final int USUAL_CONTEXT = 4096;

  private final Architectures architectures;
  private final Engines engines;

  @Inject
  ModelPlanner(Architectures architectures, Engines engines) {
    this.architectures = architectures;
    this.engines = engines;
  }

  ModelPlan plan(PlannedSource source, LoadOptions options, PlanRequest request) {
    String type = FolderConfig.modelType(source.folder().config());
    Optional<Architecture> architecture = architectures.find(type);
    List<StoredTensor> tensors = source.tensors();
    Sizes sizes = new Sizes("", 0, OptionalInt.empty(), List.of());
    if (architecture.isEmpty()) {
      sizes = new Sizes(unknown(type), 0, OptionalInt.empty(), List.of());
    } else {
      sizes = sizes(source, options, request, tensors);
    }
    int context = context(request, sizes.contextLength());
    MemoryEstimate estimate = MemoryEstimate.of(tensors, sizes.graphs(), context);
    List<ModelPlan.Memory> memory = Arrays.stream(Precision.values()).map(estimate::in).toList();
    long available = MachineMemory.available();
    return new ModelPlan(
        source.model(),
        source.folder().commit(),
        type,
        architecture.map(Architecture::name),
        sizes.problem(),
        source.license(),
        source.gated(),
        source.ignored(),
        source.files(),
        source.diskFree(),
        parameters(tensors),
        sizes.contextLength(),
        context,
        sizes.imageTokens(),
        memory,
        available,
        fits(sizes.problem(), memory, available));
  }

  private record Sizes(
      String problem, int contextLength, OptionalInt imageTokens, List<Graph> graphs) {}

  private Sizes sizes(
      PlannedSource source, LoadOptions options, PlanRequest request, List<StoredTensor> tensors) {
    try (Checkpoint checkpoint =
        Checkpoint.open(source.folder(), architectures, options.inputs())) {
      OptionalInt imageTokens =
          request.image().isEmpty()
              ? OptionalInt.empty()
              : OptionalInt.of(imageTokens(checkpoint, request.image().get()));
      if (!checkpoint.architecture().hasGraphs()) {
        String problem = architectures.withoutGraphs(checkpoint.architecture());
        return new Sizes(problem, 0, imageTokens, List.of());
      }
      ModelAdapter adapter = checkpoint.adapter();
      Set<String> names =
          tensors.stream()
              .map(tensor -> adapter.keys().toGraph(tensor.key()))
              .collect(Collectors.toSet());
      return new Sizes("", adapter.contextLength(), imageTokens, adapter.stages(names));
    } catch (VlmException e) {
      return new Sizes(String.valueOf(e.getMessage()), 0, OptionalInt.empty(), List.of());
    }
  }

  private static int imageTokens(Checkpoint checkpoint, Image image) {
    Prompt prompt =
        new Prompt(
            List.of(
                new Message(
                    Role.USER, List.of(new Content.Picture(image), new Content.Text("?")))));
    ModelInputs inputs = checkpoint.preparer().inputs(prompt);
    return inputs.images().stream().mapToInt(ModelInputs.ImageInput::tokens).sum();
  }

  private String unknown(String type) {
    List<String> known = architectures.modelTypes();
    String nearest =
        known.stream()
            .min(java.util.Comparator.comparingInt(name -> Spelling.distance(name, type)))
            .orElse("none");
    return "no architecture here supports model_type '"
        + type
        + "'; the nearest name is '"
        + nearest
        + "', all are: "
        + String.join(", ", known);
  }

  private static int context(PlanRequest request, int possible) {
    int wanted = request.context() > 0 ? request.context() : USUAL_CONTEXT;
    return possible > 0 ? Math.min(wanted, possible) : wanted;
  }

  private static Map<String, Long> parameters(List<StoredTensor> tensors) {
    Map<String, Long> counts = new TreeMap<>();
    tensors.forEach(t -> counts.merge(t.type().name(), t.shape().elements(), Long::sum));
    return counts;
  }

  private List<ModelPlan.Fit> fits(String problem, List<ModelPlan.Memory> memory, long available) {
    List<ModelPlan.Fit> fits = new ArrayList<>();
    for (BackendStatus backend : engines.statuses()) {
      List<ModelPlan.Memory> computed =
          memory.stream()
              .filter(
                  m -> backend.precisions().stream().anyMatch(p -> p.label().equals(m.precision())))
              .toList();
      List<String> fitting =
          computed.stream()
              .filter(m -> m.total() <= available)
              .map(ModelPlan.Memory::precision)
              .toList();
      fits.add(new ModelPlan.Fit(backend.name(), fitting, reason(problem, backend, fitting)));
    }
    return fits;
  }

  private static String reason(String problem, BackendStatus backend, List<String> fitting) {
    if (!problem.isEmpty()) {
      return "the model cannot run, see the problem above";
    }
    if (!backend.usable()) {
      return backend.reason();
    }
    return fitting.isEmpty() ? "none of its precisions fits into the memory available here" : "";
  }
}

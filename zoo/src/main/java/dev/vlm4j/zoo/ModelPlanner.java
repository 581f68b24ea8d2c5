package dev.vlm4j.zoo;

import com.google.inject.Inject;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.KeyTable;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.zoo.checkpoint.FolderConfig;
import dev.vlm4j.zoo.doctor.MachineMemory;
import dev.vlm4j.zoo.generation.PreparedPrompt;
import java.util.ArrayList;
import java.util.EnumSet;
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

  /** Errors that say nothing about the model: the picture is wrong. */
  private static final Set<ErrorCode> OF_PICTURES =
      EnumSet.of(
          ErrorCode.IMAGE_UNREADABLE,
          ErrorCode.IMAGE_UNSUPPORTED_FORMAT,
          ErrorCode.IMAGE_TOO_LARGE,
          ErrorCode.IMAGE_SOURCE_REFUSED,
          ErrorCode.IMAGE_FETCH_FAILED);

  /** Stands for engines that are not here. */
  private static final BackendStatus NO_BACKEND =
      new BackendStatus("", "", false, "", Set.of(), Set.of(), 0, "");

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
    Sizes sizes =
        architecture.isEmpty()
            ? unsupported(unknown(type), request, OptionalInt.empty())
            : sizes(source, options, request, tensors);
    List<BackendStatus> backends = engines.statuses();
    List<ModelPlan.Memory> memory = memory(backends, sizes, source);
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
        sizes.context(),
        sizes.imageTokens(),
        memory,
        available,
        fits(backends, sizes.problem(), memory, available));
  }

  /** What the settings of a checkpoint say; no graphs if it cannot run. */
  private record Sizes(
      String problem,
      int contextLength,
      int context,
      OptionalInt imageTokens,
      List<Graph> graphs,
      KeyTable keys,
      long resultElements) {}

  private static Sizes unsupported(String problem, PlanRequest request, OptionalInt imageTokens) {
    return new Sizes(
        problem, 0, context(request, 0), imageTokens, List.of(), KeyTable.identity(), 0);
  }

  private Sizes sizes(
      PlannedSource source, LoadOptions options, PlanRequest request, List<StoredTensor> tensors) {
    try (Checkpoint checkpoint =
        Checkpoint.open(source.folder(), architectures, options.inputs())) {
      if (!checkpoint.architecture().hasGraphs()) {
        String problem = architectures.withoutGraphs(checkpoint.architecture());
        return unsupported(problem, request, imageTokens(checkpoint, request));
      }
      return sizes(checkpoint, request, tensors);
    } catch (VlmException e) {
      if (OF_PICTURES.contains(e.code())) {
        throw e;
      }
      return unsupported(String.valueOf(e.getMessage()), request, OptionalInt.empty());
    }
  }

  private static OptionalInt imageTokens(Checkpoint checkpoint, PlanRequest request) {
    return request.image().isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(prepare(checkpoint, request).images().tokens());
  }

  private static PreparedPrompt prepare(Checkpoint checkpoint, PlanRequest request) {
    return checkpoint.preparer().prepare(RequestMemory.prompt(request.image()));
  }

  private static Sizes sizes(
      Checkpoint checkpoint, PlanRequest request, List<StoredTensor> tensors) {
    ModelAdapter adapter = checkpoint.adapter();
    PreparedPrompt prepared = prepare(checkpoint, request);
    OptionalInt imageTokens =
        request.image().isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(prepared.images().tokens());
    KeyTable keys = adapter.keys();
    List<Graph> graphs =
        adapter.stages(
            tensors.stream().map(t -> keys.toGraph(t.key())).collect(Collectors.toSet()));
    int context = context(request, adapter.contextLength());
    long elements = RequestMemory.of(adapter, graphs, prepared, context).elements();
    return new Sizes("", adapter.contextLength(), context, imageTokens, graphs, keys, elements);
  }

  private static List<ModelPlan.Memory> memory(
      List<BackendStatus> backends, Sizes sizes, PlannedSource source) {
    MemoryEstimate estimate = estimate(sizes, source.tensors());
    List<ModelPlan.Memory> memory = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      List<BackendStatus> able =
          backends.stream().filter(b -> b.precisions().contains(precision)).toList();
      able.forEach(b -> memory.add(memory(estimate, sizes, precision, b, source)));
      if (able.isEmpty()) {
        memory.add(memory(estimate, sizes, precision, NO_BACKEND, source));
      }
    }
    return memory;
  }

  private static MemoryEstimate estimate(Sizes sizes, List<StoredTensor> tensors) {
    if (sizes.graphs().isEmpty()) {
      return MemoryEstimate.of(tensors, sizes.context());
    }
    Map<String, StoredTensor> byName =
        tensors.stream()
            .collect(Collectors.toMap(t -> sizes.keys().toGraph(t.key()), t -> t, (a, b) -> a));
    return MemoryEstimate.of(sizes.graphs(), byName, sizes.context());
  }

  private static ModelPlan.Memory memory(
      MemoryEstimate estimate,
      Sizes sizes,
      Precision precision,
      BackendStatus backend,
      PlannedSource source) {
    boolean inPlace = backend.capabilities().contains(Capability.WEIGHTS_IN_PLACE);
    return new ModelPlan.Memory(
        backend.name(),
        precision.label(),
        estimate.weights(precision, inPlace),
        estimate.cache(precision),
        MemoryEstimate.results(sizes.resultElements()),
        MemoryEstimate.program(backend.engineBytes(), source.folder()));
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

  static int context(PlanRequest request, int possible) {
    int wanted = request.context() > 0 ? request.context() : USUAL_CONTEXT;
    return possible > 0 ? Math.min(wanted, possible) : wanted;
  }

  private static Map<String, Long> parameters(List<StoredTensor> tensors) {
    Map<String, Long> counts = new TreeMap<>();
    tensors.forEach(t -> counts.merge(t.type().name(), t.shape().elements(), Long::sum));
    return counts;
  }

  private static List<ModelPlan.Fit> fits(
      List<BackendStatus> backends, String problem, List<ModelPlan.Memory> memory, long available) {
    List<ModelPlan.Fit> fits = new ArrayList<>();
    for (BackendStatus backend : backends) {
      List<String> fitting =
          memory.stream()
              .filter(m -> m.backend().equals(backend.name()) && m.total() <= available)
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

package dev.vlm4j.zoo;

import com.google.inject.Inject;
import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.NamedServices;
import java.util.List;
import java.util.Optional;

/** The installed architectures, by {@code model_type}. Immutable. */
final class Architectures {
  private final NamedServices<Architecture> services;

  @Inject
  Architectures(NamedServices<Architecture> services) {
    this.services = services;
  }

  List<Architecture> all() {
    return services.all();
  }

  List<String> modelTypes() {
    return services.names();
  }

  Optional<Architecture> find(String modelType) {
    return all().stream().filter(a -> a.modelTypes().contains(modelType)).findFirst();
  }

  /** Returns the architecture of a type; an error that says what there is if there is none. */
  Architecture get(String modelType) {
    checkRelatives(modelType);
    return services.get(
        modelType,
        ErrorCode.ARCHITECTURE_UNKNOWN,
        "architecture for model_type",
        "Use a checkpoint of one of these, or add a jar that supports it");
  }

  private void checkRelatives(String modelType) {
    for (Architecture architecture : all()) {
      String reason = architecture.unsupportedModelTypes().get(modelType);
      if (reason != null) {
        throw new VlmException(
            ErrorCode.ARCHITECTURE_UNSUPPORTED,
            "model_type '"
                + modelType
                + "' is not supported: "
                + reason
                + ". Of its relatives there are: "
                + String.join(", ", architecture.modelTypes()));
      }
    }
  }

  /** Refuses an image backend that an architecture lacks, and names the ones that have it. */
  void requireImageBackend(Architecture architecture, ImageBackend backend) {
    if (!architecture.imageBackends().contains(backend)) {
      List<String> having =
          all().stream()
              .filter(each -> each.imageBackends().contains(backend))
              .map(Architecture::name)
              .toList();
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "the image backend '"
              + backend.label()
              + "' does not exist for "
              + architecture.name()
              + ": leave it out, or use a model of an architecture that has it ("
              + String.join(", ", having)
              + ")");
    }
  }

  /** Refuses architectures whose models cannot run, and names those that can. */
  void requireGraphs(Architecture architecture) {
    if (!architecture.hasGraphs()) {
      throw new VlmException(ErrorCode.ARCHITECTURE_UNSUPPORTED, withoutGraphs(architecture));
    }
  }

  /** Returns what can be done with a model that cannot run. */
  String withoutGraphs(Architecture architecture) {
    List<String> running =
        all().stream().filter(Architecture::hasGraphs).map(Architecture::name).toList();
    return "of "
        + architecture.name()
        + ", prompts and pictures are supported ('inputs' shows them), its graphs are not yet, so"
        + " its models cannot run; architectures that run are: "
        + String.join(", ", running);
  }
}

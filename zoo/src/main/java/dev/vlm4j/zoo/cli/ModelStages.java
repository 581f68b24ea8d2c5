package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.ModelInfo;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says what the stages of a model have in common. */
final class ModelStages {
  private ModelStages() {}

  /** Returns a property of all stages, or {@code stage=value,stage=value} where they differ. */
  static String perStage(List<ModelInfo.Stage> stages, Function<ModelInfo.Stage, String> property) {
    Set<String> values = stages.stream().map(property).collect(Collectors.toSet());
    return values.size() == 1
        ? values.iterator().next()
        : stages.stream()
            .map(stage -> stage.name() + "=" + property.apply(stage))
            .collect(Collectors.joining(","));
  }
}

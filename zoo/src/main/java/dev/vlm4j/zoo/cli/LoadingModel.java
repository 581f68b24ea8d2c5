package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.zoo.LoadOptions;
import java.util.Locale;
import java.util.stream.Collectors;

/** Loads the model of a command and says so where the user wants to know. */
final class LoadingModel {
  private static final double NANOS_PER_MILLI = 1e6;

  private LoadingModel() {}

  /** Returns the loaded model; close it. */
  static VisionLanguageModel load(
      CommandContext context, CommonOptions common, String id, LoadOptions options) {
    if (common.isVerbose()) {
      context.note("loading " + id);
    }
    long start = System.nanoTime();
    VisionLanguageModel model = context.zoo().load(id, context.following(options));
    if (common.isVerbose()) {
      double ms = (System.nanoTime() - start) / NANOS_PER_MILLI;
      context.note(String.format(Locale.ROOT, "loaded in %.0f ms: %s", ms, stages(model.info())));
    }
    return model;
  }

  private static String stages(ModelInfo info) {
    return info.stages().stream()
        .map(
            stage ->
                stage.name()
                    + " on "
                    + stage.backend()
                    + " "
                    + stage.engineVersion()
                    + " in "
                    + stage.precision())
        .collect(Collectors.joining(", "));
  }
}

package dev.vlm4j.zoo.cli;

import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.ModelPlan;
import dev.vlm4j.zoo.PlanRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what loading a model would take. */
@Command(
    name = "plan",
    description = "Says what a model needs before any weight is fetched: files, memory, engines.",
    footer = {
      "",
      "The small files of a model on the Hub are fetched; of weight files only the headers are read.",
      "Memory is an estimate from the shapes of weights, caches and results; without --image, for a",
      "picture of 1024 x 768."
    })
final class PlanCommand implements Runnable {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR|HUB_ID|builtin",
      description = "the model; or give --model")
  private @Nullable String given;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "a picture whose tokens are counted")
  private @Nullable String image;

  @Option(
      names = "--context",
      paramLabel = "N",
      description = "positions of prompt and answer together (default: 4096, or fewer)")
  private @Nullable Integer positions;

  PlanCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    if (positions != null && positions < 1) {
      throw common.usage("--context must be at least 1");
    }
    LoadOptions options = context.following(common.load());
    PlanRequest request =
        new PlanRequest(
            Optional.ofNullable(image).map(ImageReference::argument),
            positions == null ? 0 : positions);
    ModelPlan plan = context.zoo().plan(common.model(given), options, request);
    if (common.isJson()) {
      context.line(PlanJson.of(plan));
    } else {
      PlanText.lines(plan).forEach(context::line);
    }
  }
}

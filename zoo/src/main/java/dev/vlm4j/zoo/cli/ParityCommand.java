package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.zoo.BackendStatus;
import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.parity.EngineParity;
import dev.vlm4j.zoo.parity.ParityReport;
import dev.vlm4j.zoo.parity.ParityRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares engines. */
@Command(
    name = "parity",
    description = "Runs the same request on several engines and shows how far they lie apart.",
    footer = {
      "",
      "The base is 'reference' if it is named, else the first engine; it computes in fp32, the",
      "others in --precision. Engines are loaded one after the other. Differences are the largest",
      "absolute ones. 'all stages': every stage of the engine reads what its own stages before it",
      "gave. 'stage alone': it reads what the base's stages gave, so that a difference belongs to",
      "that stage. Each step of the decoder reads the base's answer, whatever the engine would have",
      "chosen; 'first other token' compares the answers that the engines give of their own.",
      "Exit codes: 0 all engines within the limits, 1 one of them beyond, or any other failure."
    })
final class ParityCommand implements Callable<Integer> {
  private static final int DEFAULT_NEW_TOKENS = 32;

  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private PromptOptions prompts = new PromptOptions();
  @Mixin private GenerationArguments generation = new GenerationArguments();

  @Option(
      names = "--backends",
      paramLabel = "NAME,NAME",
      description = "engines to compare, at least two (default: all that are installed)")
  private @Nullable String backends;

  @Option(
      names = "--trace",
      description = "name the first place in the model where an engine goes beyond its limit")
  private boolean trace;

  ParityCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (common.backend() != null) {
      throw common.usage("--backend names one engine: give --backends NAME,NAME");
    }
    String id = common.model();
    LoadOptions load = prompts.load(common.load());
    GenerationOptions options = generation.options(DEFAULT_NEW_TOKENS);
    List<Supplier<Prompt>> requests = prompts.requests(common);
    List<String> names = names();
    boolean within = true;
    for (Supplier<Prompt> request : requests) {
      ParityRequest asked = new ParityRequest(names, request.get(), options, trace);
      within &= print(context.zoo().parity(id, context.following(load), asked));
    }
    return within ? 0 : Failures.FAILED;
  }

  private List<String> names() {
    return backends == null
        ? context.zoo().backends().stream().map(BackendStatus::name).toList()
        : Arrays.stream(backends.split(",", -1))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .toList();
  }

  private boolean print(ParityReport report) {
    if (common.isJson()) {
      context.line(ParityJson.of(report));
    } else {
      new ParityText(report, trace).lines().forEach(context::line);
    }
    if (!report.isWithin()) {
      String beyond =
          report.engines().stream()
              .filter(engine -> !engine.isWithin())
              .map(EngineParity::backend)
              .collect(Collectors.joining(", "));
      context.note("beyond the tolerance: " + beyond);
    }
    return report.isWithin();
  }
}

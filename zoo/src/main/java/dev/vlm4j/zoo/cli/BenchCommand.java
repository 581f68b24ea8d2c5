package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.LoadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures speed and memory. */
@Command(
    name = "bench",
    description = "Measures load, preprocessing, vision, prefill and decode speed and peak memory.",
    footer = {
      "",
      "One run to warm up comes first and does not count. End-of-sequence tokens do not end a run.",
      "Times are medians over the repeats, with minimum and maximum. Memory is in megabytes of 10^6",
      "bytes; the peak is that of the whole process. 0 threads: chosen by the engine.",
      "Without --prompt and --messages a text is made up; without --image there is no picture."
    })
final class BenchCommand implements Runnable {
  private static final String DEFAULT_PROMPT =
      "Describe in detail what you see and say what a visitor would want to know about it.";
  private static final int DEFAULT_NEW_TOKENS = 64;

  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private PromptOptions prompts = new PromptOptions();
  @Mixin private GenerationArguments generation = new GenerationArguments();

  @Option(
      names = "--prompt-tokens",
      paramLabel = "N",
      description =
          "pad or cut the text so that the prompt has N tokens, those of the chat template included,"
              + " those of pictures not")
  private @Nullable Integer promptTokens;

  @Option(names = "--repeat", paramLabel = "N", description = "measured runs (default: 3)")
  private int repeat = 3;

  BenchCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    checkCounts();
    String id = common.model();
    LoadOptions load = prompts.load(common.load());
    GenerationOptions options =
        generation.options(DEFAULT_NEW_TOKENS).withIgnoreEndOfSequence(true);
    List<Supplier<Prompt>> requests = prompts.requests(common, DEFAULT_PROMPT);
    Prompt first = requests.get(0).get();
    try (VisionLanguageModel model = LoadingModel.load(context, common, id, load)) {
      measure(model, first, options, load.threads());
      requests.stream()
          .skip(1)
          .forEach(request -> measure(model, request.get(), options, load.threads()));
    }
  }

  private void checkCounts() {
    if (repeat < 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "--repeat must be at least 1, got " + repeat);
    }
    if (promptTokens != null && promptTokens < 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "--prompt-tokens must be at least 1, got " + promptTokens);
    }
  }

  private void measure(
      VisionLanguageModel model, Prompt asked, GenerationOptions options, int threads) {
    Prompt prompt = promptTokens == null ? asked : sized(model, asked, promptTokens);
    context.generate(model, prompt, options, text -> {});
    List<Answer> runs = new ArrayList<>();
    for (int run = 1; run <= repeat; run++) {
      if (common.isVerbose()) {
        context.note("run " + run + " of " + repeat);
      }
      runs.add(context.generate(model, prompt, options, text -> {}));
    }
    print(new Benchmark(runs, model.info(), threads, PeakMemory.megabytes()));
  }

  private Prompt sized(VisionLanguageModel model, Prompt asked, int tokens) {
    int most = model.info().contextLength();
    if (tokens > most) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "--prompt-tokens must be at most "
              + most
              + ", the positions of the model, got "
              + tokens);
    }
    PromptLength length = new PromptLength(asked, model::inputs);
    Prompt sized = length.withTokens(tokens);
    int reached = length.count(sized);
    if (reached != tokens) {
      context.note("no text gives " + tokens + " prompt tokens exactly; measured with " + reached);
    }
    return sized;
  }

  private void print(Benchmark benchmark) {
    if (common.isJson()) {
      context.line(benchmark.json());
    } else {
      benchmark.lines().forEach(context::line);
    }
  }
}

package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.Detection;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.PicturePolicy;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.zoo.LoadOptions;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Generates answers. */
@Command(
    name = "run",
    description = "Answers a question about pictures.",
    footer = {
      "",
      "Requests are answered in order with one load of the model; the first failure ends the"
          + " program."
    })
final class RunCommand implements Runnable {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private PromptOptions prompts = new PromptOptions();
  @Mixin private GenerationArguments generation = new GenerationArguments();

  @Mixin private PlacesOutput places = new PlacesOutput();

  @Option(
      names = "--stream",
      description =
          "print the answer as it comes (text format only); with --num-beams it comes in one piece"
              + " when the search ends")
  private boolean stream;

  private boolean inLine;

  RunCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    if (stream && common.isJson()) {
      throw common.usage("--stream goes with --format text only");
    }
    String id = common.model();
    LoadOptions load = prompts.load(common.load());
    GenerationOptions options = generation.options();
    List<Supplier<Prompt>> requests = prompts.requests(common);
    places.check(common, requests.size());
    Prompt first = requests.get(0).get();
    places.check(first);
    try (VisionLanguageModel model = LoadingModel.load(context, common, id, load)) {
      print(model, first, options, load.picturePolicy());
      requests.stream()
          .skip(1)
          .forEach(request -> print(model, request.get(), options, load.picturePolicy()));
    }
    places.finish();
  }

  private void print(
      VisionLanguageModel model, Prompt prompt, GenerationOptions options, PicturePolicy policy) {
    places.check(prompt);
    Answer answer =
        stream
            ? printAsItComes(model, prompt, options)
            : context.generate(model, prompt, options, text -> {});
    if (common.isJson()) {
      context.line(AnswerJson.of(answer));
    } else {
      printText(answer);
    }
    places.add(context, prompt, answer, policy);
  }

  private void printText(Answer answer) {
    if (!stream) {
      context.line(answer.text());
    }
    answer.parsed().ifPresent(parsed -> parsed.detections().forEach(this::printPlace));
  }

  private void printPlace(Detection found) {
    context.line("  " + found.label() + " " + ParsedJson.region(found.region()));
  }

  /**
   * A failure may come in the middle of a line: it is ended, so that the report starts a new one.
   */
  private Answer printAsItComes(
      VisionLanguageModel model, Prompt prompt, GenerationOptions options) {
    try {
      Answer answer = context.generate(model, prompt, options, this::printPiece);
      inLine = true;
      return answer;
    } finally {
      if (inLine) {
        context.line("");
        inLine = false;
      }
    }
  }

  private void printPiece(String text) {
    inLine = true;
    context.piece(text);
  }
}

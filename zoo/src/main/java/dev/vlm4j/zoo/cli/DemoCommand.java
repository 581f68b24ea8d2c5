package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.api.Answer;
import dev.vlm4j.api.Detection;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PicturePolicy;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Timings;
import dev.vlm4j.api.VisionLanguageModel;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.Vlm4j;
import dev.vlm4j.zoo.draw.DetectionDrawing;
import dev.vlm4j.zoo.image.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the program at work. */
@Command(
    name = "demo",
    description =
        "Answers questions about two bundled pictures, with the built-in model unless --model names"
            + " another one; needs no network.")
final class DemoCommand implements Runnable {
  /** The task of the detector that finds everything. */
  private static final String DETECT = "<OD>";

  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "where to put the two pictures (default: a new temporary folder)")
  private @Nullable Path output;

  DemoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    String id = common.modelOrBuiltIn();
    LoadOptions load = common.load();
    List<DemoScenes.Scene> scenes = DemoScenes.all();
    Path folder = folder();
    try (VisionLanguageModel model = LoadingModel.load(context, common, id, load)) {
      scenes.forEach(scene -> show(model, scene, scene.write(folder)));
    }
    if (id.equals(Vlm4j.BUILTIN)) {
      find(load, scenes, folder);
    }
    if (!common.isJson()) {
      String question = scenes.get(scenes.size() - 1).questions().get(0);
      printNext(id, folder.resolve(scenes.get(0).picture()), question);
    }
  }

  private Path folder() {
    try {
      return output == null
          ? Files.createTempDirectory("vlm4j-demo-")
          : Files.createDirectories(output);
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "no folder for the pictures: " + IoReason.of(e) + "; name one with --output",
          e);
    }
  }

  private void show(VisionLanguageModel model, DemoScenes.Scene scene, Path picture) {
    if (!common.isJson()) {
      context.line(scene.picture());
    }
    for (String question : scene.questions()) {
      Prompt prompt = Prompt.user(Image.of(picture), question);
      Answer answer = context.generate(model, prompt, GenerationOptions.DEFAULT, text -> {});
      if (common.isJson()) {
        context.line(json(picture, question, answer));
      } else {
        context.line("  " + question);
        context.line("    " + answer.text().strip() + timing(answer));
      }
    }
    if (!common.isJson()) {
      context.line("");
    }
  }

  private void find(LoadOptions load, List<DemoScenes.Scene> scenes, Path folder) {
    String id = Vlm4j.BUILTIN_DETECTOR;
    try (VisionLanguageModel model = LoadingModel.load(context, common, id, load)) {
      scenes.forEach(scene -> find(model, folder.resolve(scene.picture())));
    }
  }

  /** Draws what the detector finds into a copy of the picture. */
  private void find(VisionLanguageModel model, Path picture) {
    Image image = Image.of(picture);
    Prompt prompt = Prompt.user(image, DETECT);
    Answer answer = context.generate(model, prompt, GenerationOptions.DEFAULT, text -> {});
    List<Detection> found = answer.parsed().map(ParsedAnswer::detections).orElse(List.of());
    Path drawing = picture.resolveSibling("found-in-" + picture.getFileName());
    RgbImage pixels = new PictureReader(PicturePolicy.DEFAULT).read(image);
    PngOutput.write(DetectionDrawing.draw(pixels, found), drawing);
    if (common.isJson()) {
      context.line(json(picture, DETECT, answer).put("drawing", drawing.toString()));
      return;
    }
    context.line("What " + Vlm4j.BUILTIN_DETECTOR + " finds in " + picture.getFileName());
    found.forEach(
        each -> context.line("  " + each.label() + " " + ParsedJson.region(each.region())));
    context.line("  drawn into " + drawing + timing(answer));
    context.line("");
  }

  private static ObjectNode json(Path picture, String question, Answer answer) {
    ObjectNode json = JsonOutput.object();
    json.put("picture", picture.toString());
    json.put("question", question);
    json.setAll(AnswerJson.of(answer));
    return json;
  }

  private static String timing(Answer answer) {
    Timings timings = answer.timings();
    return String.format(
        Locale.ROOT,
        "    (%d tokens, %.0f ms)",
        answer.usage().completionTokens(),
        timings.timeToFirstTokenMs() + timings.decodeMs());
  }

  private void printNext(String id, Path picture, String question) {
    context.line("Now ask something yourself, about this picture or one of your own:");
    context.line(
        "  ./vlm4j run --model "
            + ShellWord.quoted(id)
            + " --image "
            + ShellWord.quoted(picture.toString())
            + " --prompt "
            + ShellWord.quoted(question));
  }
}

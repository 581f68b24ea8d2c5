package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.zoo.LoadOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a model would see. */
@Command(
    name = "inputs",
    description =
        "Shows everything that the model would see, without running it: neither weights nor an"
            + " engine are needed.")
final class InputsCommand implements Runnable {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private PromptOptions prompts = new PromptOptions();

  @Option(
      names = "--output",
      paramLabel = "FILE.safetensors",
      description = "also write the tensors that the reference processor returns")
  private @Nullable Path output;

  @Option(
      names = "--save-pictures",
      paramLabel = "DIR",
      description = "also write what the model sees of each picture as PNG files")
  private @Nullable Path pictures;

  InputsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    String id = common.model();
    LoadOptions load = prompts.load(context.following(common.load()));
    List<Supplier<Prompt>> requests = prompts.requests(common);
    if (requests.size() > 1 && (output != null || pictures != null)) {
      throw common.usage(
          (output != null ? "--output" : "--save-pictures")
              + " takes one request: give one --messages file");
    }
    checkPlaces();
    for (Supplier<Prompt> request : requests) {
      print(context.zoo().inputs(id, request.get(), load));
    }
  }

  private void checkPlaces() {
    if (output != null) {
      OutputPlace.check(output);
    }
    if (pictures != null) {
      OutputPlace.checkFolder(pictures);
    }
  }

  private void print(ModelInputs inputs) {
    if (output != null) {
      SafetensorsWriter.write(output, inputs.tensors());
    }
    List<Path> written =
        pictures == null ? List.of() : PngFiles.write(pictures, SeenPictures.of(inputs));
    if (common.isJson()) {
      context.line(json(inputs));
    } else {
      printText(inputs);
      written.forEach(file -> context.line("written: " + file));
    }
  }

  private static ObjectNode json(ModelInputs inputs) {
    ObjectNode json = JsonOutput.object();
    json.put("prompt", inputs.prompt());
    json.set("prompt_token_ids", JsonOutput.ids(inputs.promptTokenIds()));
    json.set(
        "images", JsonOutput.objects(inputs.images().stream().map(InputsCommand::json).toList()));
    return json;
  }

  private static ObjectNode json(ModelInputs.ImageInput image) {
    return JsonOutput.object()
        .put("width", image.width())
        .put("height", image.height())
        .put("resized_width", image.resizedWidth())
        .put("resized_height", image.resizedHeight())
        .put("tokens", image.tokens());
  }

  private void printText(ModelInputs inputs) {
    new InputsText(inputs).lines().forEach(context::line);
    if (output != null) {
      context.line("written: " + output);
    }
  }
}

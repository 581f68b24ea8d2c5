package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.Image;
import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.LoadOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say what is asked. */
final class PromptOptions {
  @Option(names = "--prompt", paramLabel = "TEXT", description = "what to ask")
  private @Nullable String prompt;

  @Option(
      names = "--image",
      paramLabel = "FILE|URI",
      description =
          "picture before the text: a file, or an http:, https:, file: or data: URI; repeat it for"
              + " more pictures")
  private List<String> images = new ArrayList<>();

  @Option(names = "--system", paramLabel = "TEXT", description = "instructions before the question")
  private @Nullable String system;

  @Option(
      names = "--messages",
      paramLabel = "FILE.json",
      description =
          "conversation in the chat format of the reference library, instead of --prompt;"
              + " repeat it for more requests, each on its own")
  private List<Path> messages = new ArrayList<>();

  @Option(
      names = "--chat-template-kwargs",
      paramLabel = "JSON",
      description =
          "further variables of the chat template as a JSON object, for example"
              + " '{\"add_vision_id\": true}' (Qwen-VL)")
  private @Nullable String templateVariables;

  @Option(names = "--pan-and-scan", description = "also show crops of long pictures (Gemma 3)")
  private boolean panAndScan;

  @Option(
      names = "--image-backend",
      paramLabel = "torchvision|pil",
      description =
          "which image processors of the reference library are followed: torchvision (its default)"
              + " or pil (use_fast=False)")
  private String imageBackend = ImageBackend.TORCHVISION.label();

  @Mixin private PixelOptions pixels = new PixelOptions();

  /** Returns the requests in order, at least one; a messages file is read when its turn comes. */
  List<Supplier<Prompt>> requests(CommonOptions common) {
    return requests(common, null);
  }

  /** Returns the requests in order, with a text to ask if the user gave none. */
  List<Supplier<Prompt>> requests(CommonOptions common, @Nullable String fallback) {
    Map<String, Object> variables = variables();
    if (!messages.isEmpty()) {
      if (prompt != null || system != null || !images.isEmpty()) {
        throw common.usage("--messages goes without --prompt, --image and --system");
      }
      return messages.stream()
          .<Supplier<Prompt>>map(file -> () -> withVariables(MessagesFile.read(file), variables))
          .toList();
    }
    String text = prompt == null ? fallback : prompt;
    if (text == null) {
      throw common.usage("nothing is asked: give --prompt TEXT or --messages FILE.json");
    }
    return List.of(() -> withVariables(asked(text), variables));
  }

  /**
   * Returns options of loading with the settings for all pictures.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} for impossible ones
   */
  LoadOptions load(LoadOptions options) {
    ImageOptions images = pixels.imageOptions();
    return options
        .withImageOptions(panAndScan ? images.withPanAndScan() : images)
        .withImageBackend(ImageBackend.ofLabel(imageBackend));
  }

  private Prompt asked(String text) {
    List<Image> pictures = new ArrayList<>();
    images.forEach(image -> pictures.add(ImageReference.argument(image)));
    Prompt asked = Prompt.user(pictures, text);
    return system == null ? asked : asked.withSystem(system);
  }

  private Map<String, Object> variables() {
    return templateVariables == null ? Map.of() : TemplateVariables.read(templateVariables);
  }

  private static Prompt withVariables(Prompt prompt, Map<String, Object> variables) {
    return new Prompt(prompt.messages(), variables);
  }
}

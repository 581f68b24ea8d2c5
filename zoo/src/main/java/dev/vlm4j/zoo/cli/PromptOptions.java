package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.Image;
import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

  @Option(names = "--pan-and-scan", description = "also show crops of long pictures (Gemma 3)")
  private boolean panAndScan;

  @Option(
      names = "--min-pixels",
      paramLabel = "N",
      description = "enlarge smaller pictures to N pixels (Qwen-VL)")
  private @Nullable Integer minPixels;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "shrink larger pictures to N pixels (Qwen-VL)")
  private @Nullable Integer maxPixels;

  /** Returns the requests in order, at least one; a messages file is read when its turn comes. */
  List<Supplier<Prompt>> requests(CommonOptions common) {
    return requests(common, null);
  }

  /** Returns the requests in order, with a text to ask if the user gave none. */
  List<Supplier<Prompt>> requests(CommonOptions common, @Nullable String fallback) {
    if (!messages.isEmpty()) {
      if (prompt != null || system != null || !images.isEmpty()) {
        throw common.usage("--messages goes without --prompt, --image and --system");
      }
      return messages.stream()
          .<Supplier<Prompt>>map(file -> () -> MessagesFile.read(file))
          .toList();
    }
    String text = prompt == null ? fallback : prompt;
    if (text == null) {
      throw common.usage("nothing is asked: give --prompt TEXT or --messages FILE.json");
    }
    return List.of(() -> asked(text));
  }

  /**
   * Returns the settings for all pictures.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} for impossible ones
   */
  ImageOptions imageOptions() {
    atLeastOne("--min-pixels", minPixels);
    atLeastOne("--max-pixels", maxPixels);
    ImageOptions options = panAndScan ? ImageOptions.NONE.withPanAndScan() : ImageOptions.NONE;
    options = minPixels == null ? options : options.withMinPixels(minPixels);
    return maxPixels == null ? options : options.withMaxPixels(maxPixels);
  }

  private Prompt asked(String text) {
    List<Image> pictures = new ArrayList<>();
    images.forEach(image -> pictures.add(ImageReference.argument(image)));
    Prompt asked = Prompt.user(pictures, text);
    return system == null ? asked : asked.withSystem(system);
  }

  private static void atLeastOne(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, option + " must be at least 1, got " + value);
    }
  }
}

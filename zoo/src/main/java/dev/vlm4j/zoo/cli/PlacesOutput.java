package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.Detection;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PicturePolicy;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.zoo.draw.DetectionDrawing;
import dev.vlm4j.zoo.image.PictureReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that write the places that answers name. */
final class PlacesOutput {
  private static final String PNG = ".png";

  private final CocoDataset dataset = new CocoDataset();

  @Option(
      names = "--draw",
      paramLabel = "OUT.png",
      description =
          "also draw the places that the answer names onto its picture; for one request with one"
              + " picture")
  private @Nullable Path drawing;

  @Option(
      names = "--coco",
      paramLabel = "FILE.json",
      description =
          "also write the places that the answers name as a COCO data set; for requests with one"
              + " picture each")
  private @Nullable Path coco;

  /** Refuses what can be seen to fail before a model is loaded. */
  void check(CommonOptions common, int requests) {
    if (drawing != null && requests > 1) {
      throw common.usage("--draw takes one request: give one --messages file");
    }
    if (drawing != null && !drawing.toString().toLowerCase(Locale.ROOT).endsWith(PNG)) {
      throw common.usage("--draw writes PNG files: give a name that ends in .png");
    }
    Stream.of(drawing, coco).filter(Objects::nonNull).forEach(OutputPlace::check);
  }

  /**
   * Refuses a request whose places would be in no picture, or in one of several.
   *
   * @throws VlmException {@code INVALID_ARGUMENT}
   */
  void check(Prompt prompt) {
    int pictures = prompt.images().size();
    if ((drawing != null || coco != null) && pictures != 1) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          (drawing == null ? "--coco" : "--draw")
              + " needs a request with exactly one picture, this one has "
              + pictures
              + ": an answer does not say which picture its places are in");
    }
  }

  /** Draws, and keeps for the data set, what an answer names. */
  void add(CommandContext context, Prompt prompt, Answer answer, PicturePolicy policy) {
    if (drawing == null && coco == null) {
      return;
    }
    List<Detection> found = answer.parsed().map(ParsedAnswer::detections).orElse(List.of());
    if (found.isEmpty()) {
      context.note(
          "the answer names no places: "
              + answer
                  .parsed()
                  .flatMap(ParsedAnswer::reason)
                  .orElse("neither its task nor its text asks for any"));
    }
    Image image = prompt.images().get(0);
    RgbImage picture = new PictureReader(policy).read(image);
    dataset.add(name(image), new PictureSize(picture.width(), picture.height()), found);
    if (drawing != null) {
      PngOutput.write(DetectionDrawing.draw(picture, found), drawing);
    }
  }

  /** Writes the data set once all requests are answered. */
  void finish() {
    if (coco != null) {
      dataset.write(coco);
    }
  }

  private static String name(Image image) {
    if (image instanceof Image.Url url) {
      return url.address().toString();
    }
    return image instanceof Image.File file ? file.path().toString() : "";
  }
}

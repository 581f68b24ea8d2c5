package dev.vlm4j.zoo;

import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.AnswerParser;
import dev.vlm4j.spi.BoxFrame;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.SeenPicture;
import dev.vlm4j.zoo.answer.BoxAnswerParser;
import java.util.List;
import java.util.Optional;

/**
 * Reads answers that were generated before.
 *
 * @param architecture name of the architecture, for errors
 * @param adapter the checkpoint that answered
 * @param imageOptions settings of pictures that it was loaded with
 */
record StoredAnswer(String architecture, ModelAdapter adapter, ImageOptions imageOptions) {
  ParsedAnswer parse(String task, String text, Optional<PictureSize> picture) {
    AnswerParser parser =
        BoxAnswerParser.of(adapter)
            .orElseThrow(
                () ->
                    invalid(
                        "answers of "
                            + architecture
                            + " name no places; use a model that does, for example Florence-2"));
    if (!parser.tasks().contains(task)) {
      throw invalid(
          "there is no task " + task + "; there are: " + String.join(", ", parser.tasks()));
    }
    return parser.parse(task, text, picture.map(this::seen).stream().toList());
  }

  private SeenPicture seen(PictureSize original) {
    boolean resizedCounts =
        adapter.answerParser().isEmpty()
            && adapter.boxFrame().equals(Optional.of(BoxFrame.SEEN_PIXELS));
    return new SeenPicture(original, resizedCounts ? resized(original) : original);
  }

  /** Only the processor knows what it makes of a size: it is shown an empty picture. */
  private PictureSize resized(PictureSize original) {
    long bytes = (long) original.width() * original.height() * RgbImage.CHANNELS;
    if (bytes > Integer.MAX_VALUE) {
      throw invalid("a picture of this size cannot be in memory; check its size");
    }
    RgbImage empty = new RgbImage(original.width(), original.height(), new byte[(int) bytes]);
    Picture picture = new Picture(empty, ImageOptions.NONE, imageOptions);
    ProcessedImages.Size size = adapter.process(List.of(picture)).sizes().get(0);
    return new PictureSize(size.width(), size.height());
  }

  private static VlmException invalid(String message) {
    return new VlmException(ErrorCode.INVALID_ARGUMENT, message);
  }
}

package dev.vlm4j.zoo.generation;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.spi.AnswerParser;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.RgbImage;
import dev.vlm4j.spi.SeenPicture;
import dev.vlm4j.zoo.tokenizer.PromptTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds the parsed form to answers. Immutable and thread-safe.
 *
 * @param parser the checkpoint's, if its answers have a parsed form
 * @param tokenizer from ids to the text that the parser reads
 */
public record AnswerReading(Optional<AnswerParser> parser, PromptTokenizer tokenizer) {
  /** Returns the answer with what its text names; a failure of the parser becomes the reason. */
  Answer read(Prompt prompt, PreparedPrompt prepared, Answer answer) {
    return parser
        .flatMap(reader -> parsed(reader, prompt, prepared, answer))
        .map(answer::withParsed)
        .orElse(answer);
  }

  private Optional<ParsedAnswer> parsed(
      AnswerParser reader, Prompt prompt, PreparedPrompt prepared, Answer answer) {
    int[] ids = answer.tokenIds().stream().mapToInt(Integer::intValue).toArray();
    return read(reader, prompt, tokenizer.decodeWithSpecialTokens(ids), pictures(prepared));
  }

  static Optional<ParsedAnswer> read(
      AnswerParser reader, Prompt prompt, String text, List<SeenPicture> pictures) {
    String task = "unknown";
    try {
      Optional<String> found = reader.task(prompt, text);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      task = found.get();
      return Optional.of(reader.parse(task, text, pictures));
    } catch (RuntimeException e) {
      Optional<PictureSize> picture =
          pictures.size() == 1 ? Optional.of(pictures.get(0).original()) : Optional.empty();
      return Optional.of(ParsedAnswer.unread(task, text, picture, "reading failed: " + e));
    }
  }

  private static List<SeenPicture> pictures(PreparedPrompt prepared) {
    List<SeenPicture> pictures = new ArrayList<>();
    for (int i = 0; i < prepared.pictures().size(); i++) {
      RgbImage image = prepared.pictures().get(i).image();
      ProcessedImages.Size seen = prepared.images().sizes().get(i);
      pictures.add(
          new SeenPicture(
              new PictureSize(image.width(), image.height()),
              new PictureSize(seen.width(), seen.height())));
    }
    return pictures;
  }
}

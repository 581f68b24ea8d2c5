package dev.vlm4j.zoo.answer;

import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.spi.AnswerParser;
import dev.vlm4j.spi.BoxFrame;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.SeenPicture;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads boxes and points that a model writes into its text, as Qwen-VL does: JSON objects with
 * {@code bbox_2d} or {@code point_2d} anywhere in the text, or box tokens. The reference library
 * has no reader for these. Immutable and thread-safe.
 *
 * @param frame what the numbers mean
 */
public record BoxAnswerParser(BoxFrame frame) implements AnswerParser {
  /** The only task: any question may be answered with places. */
  public static final String TASK = "grounding";

  /** Returns how the answers of a checkpoint are read: by its own parser, or as boxes in text. */
  public static Optional<AnswerParser> of(ModelAdapter adapter) {
    return adapter.answerParser().or(() -> adapter.boxFrame().map(BoxAnswerParser::new));
  }

  @Override
  public List<String> tasks() {
    return List.of(TASK);
  }

  @Override
  public Optional<String> task(Prompt prompt, String text) {
    boolean places = JsonBoxReader.isIn(text) || BoxTokenReader.isIn(text);
    return places ? Optional.of(TASK) : Optional.empty();
  }

  @Override
  public ParsedAnswer parse(String task, String text, List<SeenPicture> pictures) {
    if (pictures.size() != 1) {
      return ParsedAnswer.unread(
          task,
          text,
          Optional.empty(),
          "an answer does not say which picture a place is in, and there are " + pictures.size());
    }
    SeenPicture picture = pictures.get(0);
    FrameScale scale = FrameScale.of(frame, picture);
    Findings findings = new Findings();
    if (BoxTokenReader.isIn(text)) {
      new BoxTokenReader(scale, findings).read(text);
    } else {
      new JsonBoxReader(scale, findings).read(text);
    }
    return new ParsedAnswer(
        task,
        text,
        findings.detections(),
        findings.reason(),
        Optional.of(picture.original()),
        Map.of());
  }
}

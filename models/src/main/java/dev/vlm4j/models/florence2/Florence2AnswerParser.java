package dev.vlm4j.models.florence2;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.Detection;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.spi.AnswerParser;
import dev.vlm4j.spi.CheckpointConfig;
import dev.vlm4j.spi.SeenPicture;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads answers as {@code post_process_generation} of the reference does, for any text. Where the
 * reference fails, the reason says why. Immutable and thread-safe.
 */
final class Florence2AnswerParser implements AnswerParser {
  private static final String START = "<s>";
  private static final String END = "</s>";
  private static final String PADDING = "<pad>";

  private final Florence2PostProcessing settings;
  private final Set<String> banned;

  Florence2AnswerParser(Florence2PostProcessing settings) {
    this.settings = settings;
    this.banned = settings.bannedPhrases();
  }

  /** Returns the parser of a checkpoint. */
  static Florence2AnswerParser of(CheckpointConfig config) {
    return new Florence2AnswerParser(config.processor(Florence2PostProcessing.class));
  }

  @Override
  public List<String> tasks() {
    return Arrays.stream(Florence2Task.values()).map(Florence2Task::token).toList();
  }

  @Override
  public Optional<String> task(Prompt prompt, String text) {
    Message last = prompt.messages().get(prompt.messages().size() - 1);
    String asked =
        last.content().stream()
            .filter(Content.Text.class::isInstance)
            .map(part -> ((Content.Text) part).text())
            .collect(Collectors.joining());
    return Florence2Task.in(asked).map(Florence2Task::token);
  }

  @Override
  public ParsedAnswer parse(String task, String text, List<SeenPicture> pictures) {
    Florence2AnswerKind kind =
        Florence2Task.in(task).map(Florence2AnswerKind::of).orElse(Florence2AnswerKind.PURE_TEXT);
    Optional<PictureSize> picture =
        pictures.size() == 1 ? Optional.of(pictures.get(0).original()) : Optional.empty();
    Optional<String> problem = settings.problem(kind);
    if (problem.isPresent()) {
      return ParsedAnswer.unread(task, text, picture, problem.get());
    }
    if (kind == Florence2AnswerKind.PURE_TEXT) {
      return new ParsedAnswer(
          task,
          text,
          List.of(),
          Optional.empty(),
          picture,
          Florence2ReferenceForm.text(
              task, PythonText.strip(text.replace(START, "").replace(END, ""))));
    }
    if (picture.isEmpty()) {
      return ParsedAnswer.unread(
          task, text, picture, "places are in one picture, there are " + pictures.size());
    }
    return places(task, kind, text, picture.get());
  }

  private ParsedAnswer places(
      String task, Florence2AnswerKind kind, String text, PictureSize picture) {
    try {
      List<Detection> found = read(kind, text, Florence2Scale.of(picture));
      return new ParsedAnswer(
          task,
          text,
          found,
          found.isEmpty() ? Optional.of("the text names no places") : Optional.empty(),
          Optional.of(picture),
          Florence2ReferenceForm.places(task, kind, found));
    } catch (Florence2Scale.UnreadableLocationException e) {
      return ParsedAnswer.unread(
          task, text, Optional.of(picture), "the reference fails on this text: " + e.getMessage());
    }
  }

  private List<Detection> read(Florence2AnswerKind kind, String raw, Florence2Scale scale) {
    String text = raw.replace(START, "").replace(END, "").replace(PADDING, "");
    Florence2BoxReader boxes = new Florence2BoxReader(scale, Set.of());
    Florence2PolygonReader polygons = new Florence2PolygonReader(scale);
    return switch (kind) {
      case PURE_TEXT -> List.of();
      case OCR -> new Florence2OcrReader(scale).read(text);
      case PHRASE_GROUNDING ->
          new Florence2BoxReader(scale, banned).read(labelled(text, Florence2Phrase.LOCATIONS));
      case BOXES_WITH_LABELS -> boxes.read(labelled(text, Florence2Phrase.LOCATIONS));
      case BOXES -> boxes.read(Florence2Phrase.bare(text, Florence2Phrase.LOCATIONS));
      case POLYGONS -> polygons.read(Florence2Phrase.bare(text, Florence2Phrase.OUTLINES));
      case BOXES_OR_POLYGONS ->
          raw.contains("<poly>")
              ? polygons.read(labelled(text, Florence2Phrase.OUTLINES))
              : boxes.read(labelled(text, Florence2Phrase.LOCATIONS));
    };
  }

  private static List<Florence2Phrase> labelled(String text, Pattern tags) {
    return Florence2Phrase.labelled(text, tags);
  }
}

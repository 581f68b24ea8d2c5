package dev.vlm4j.zoo.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.api.Detection;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Region;
import dev.vlm4j.spi.BoxFrame;
import dev.vlm4j.spi.SeenPicture;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxAnswerParserTest {
  private static final SeenPicture PICTURE =
      new SeenPicture(new PictureSize(2000, 500), new PictureSize(1000, 1000));
  private static final String LIST =
      """
      [
      \t{"bbox_2d": [10, 20, 30, 40], "label": "cat"},
      \t{"point_2d": [1, 2], "label": "nose"}
      ]\
      """;
  private static final Detection CAT = Detection.of("cat", new Region.Box(20, 10, 60, 20));
  private static final Detection NOSE = Detection.of("nose", new Region.Point(2, 1));

  private static ParsedAnswer parse(String text) {
    return parse(BoxFrame.THOUSANDTHS, text);
  }

  private static ParsedAnswer parse(BoxFrame frame, String text) {
    return new BoxAnswerParser(frame).parse(BoxAnswerParser.TASK, text, List.of(PICTURE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "```json\n%s\n```",
        "Here you are:\n```json\n%s\n```\nAnything else?<|im_end|>",
        "{\"objects\": %s, \"count\": 2}",
        "Sure {not JSON at all"
      })
  void findsJsonAnywhereInTheText(String form) {
    ParsedAnswer answer = parse(form.contains("%s") ? form.formatted(LIST) : LIST);

    assertThat(answer.detections()).containsExactly(CAT, NOSE);
    assertThat(answer.reason()).isEmpty();
    assertThat(answer.picture()).contains(PICTURE.original());
    assertThat(answer.reference()).isEmpty();
  }

  @Test
  void readsThousandthsOfTheOriginalPicture() {
    assertThat(parse("{\"bbox_2d\": [0, 0, 1000, 1000]}").detections())
        .containsExactly(Detection.of("", new Region.Box(0, 0, 2000, 500)));
  }

  @Test
  void readsPixelsOfThePictureThatTheModelSaw() {
    assertThat(parse(BoxFrame.SEEN_PIXELS, "{\"bbox_2d\": [100, 100, 1000, 1000]}").detections())
        .containsExactly(Detection.of("", new Region.Box(200, 50, 2000, 500)));
  }

  @Test
  void keepsTheCompleteObjectsOfAListThatIsCutOff() {
    String text = LIST.substring(0, LIST.indexOf("2], \"label\": \"nose\""));

    assertThat(parse(text).detections()).containsExactly(CAT);
    assertThat(parse(text).reason().orElseThrow()).contains("ends inside");
  }

  @Test
  void noticesAListThatIsCutOffBetweenObjects() {
    ParsedAnswer answer = parse(LIST.substring(0, LIST.indexOf(",\n\t{\"point") + 1));

    assertThat(answer.detections()).containsExactly(CAT);
    assertThat(answer.reason().orElseThrow()).contains("ends inside");
  }

  @Test
  void keepsTheInnerObjectsOfAnObjectThatIsCutOff() {
    ParsedAnswer answer = parse("{\"objects\": " + LIST);

    assertThat(answer.detections()).containsExactly(CAT, NOSE);
    assertThat(answer.reason().orElseThrow()).contains("ends inside");
  }

  @Test
  void leavesOutPlacesThatAreNone() {
    ParsedAnswer answer =
        parse("[{\"bbox_2d\": [1, 2, 3]}, {\"bbox_2d\": \"left\"}, {\"point_2d\": [1, [2]]}]");

    assertThat(answer.detections()).isEmpty();
    assertThat(answer.reason().orElseThrow()).startsWith("3 objects");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e308", "\"1e308\"", "1e999", "\"NaN\"", "\"Infinity\""})
  void leavesOutPlacesThatNoNumberOfPixelsSays(String number) {
    ParsedAnswer answer =
        parse("{\"bbox_2d\": [1, 2, N, 4]}, {\"point_2d\": [N, 1]}".replace("N", number));

    assertThat(answer.detections()).isEmpty();
    assertThat(answer.reason().orElseThrow()).startsWith("2 objects");
  }

  @Test
  void saysThatQuotesMakeNoJson() {
    ParsedAnswer answer = parse("{'bbox_2d': [1, 2, 3, 4]}");

    assertThat(answer.detections()).isEmpty();
    assertThat(answer.reason().orElseThrow()).contains("no valid JSON");
  }

  @Test
  void readsNumbersInStrings() {
    assertThat(parse("{\"point_2d\": [\"1\", \"2.0\"], \"label\": \"nose\"}").detections())
        .containsExactly(NOSE);
  }

  @Test
  void readsLabelsOfRecognisedTextAndScores() {
    assertThat(
            parse("{\"bbox_2d\": [10, 20, 30, 40], \"text_content\": \"猫\", \"score\": 0.5}")
                .detections())
        .containsExactly(
            new Detection("猫", new Region.Box(20, 10, 60, 20), OptionalDouble.of(0.5)));
  }

  @Test
  void readsBoxTokens() {
    String text =
        "<|object_ref_start|> cat<|object_ref_end|><|box_start|>(10,20),(30,40)<|box_end|>"
            + "<|box_start|>(0,0),(1000,1000)<|box_end|>"
            + "<|quad_start|>(0,0),(1,0),(1,2),(0,2)<|quad_end|><|im_end|>";

    assertThat(parse(text).detections())
        .containsExactly(
            CAT,
            Detection.of("cat", new Region.Box(0, 0, 2000, 500)),
            Detection.of(
                "cat",
                new Region.Quad(
                    List.of(
                        new Region.Point(0, 0),
                        new Region.Point(2, 0),
                        new Region.Point(2, 1),
                        new Region.Point(0, 1)))));
    assertThat(parse(text).reason()).isEmpty();
  }

  @Test
  void saysThatBoxTokensAreCutOff() {
    ParsedAnswer answer =
        parse("<|box_start|>(10,20),(30,40)<|box_end|><|box_start|>(1,2),(<|im_end|>");

    assertThat(answer.detections()).hasSize(1);
    assertThat(answer.reason().orElseThrow()).startsWith("1 of the box tokens");
  }

  @Test
  void givesPlainTextAndAReason() {
    ParsedAnswer answer = parse("There is a cat.");

    assertThat(answer.text()).isEqualTo("There is a cat.");
    assertThat(answer.detections()).isEmpty();
    assertThat(answer.reason().orElseThrow()).contains("names no places");
  }

  @Test
  void doesNotGuessThePicture() {
    ParsedAnswer answer =
        new BoxAnswerParser(BoxFrame.THOUSANDTHS)
            .parse(BoxAnswerParser.TASK, LIST, List.of(PICTURE, PICTURE));

    assertThat(answer.detections()).isEmpty();
    assertThat(answer.reason().orElseThrow()).contains("which picture");
  }

  @Test
  void hasATaskOnlyIfTheTextNamesPlaces() {
    BoxAnswerParser parser = new BoxAnswerParser(BoxFrame.SEEN_PIXELS);
    Prompt prompt = Prompt.user("Find the cat.");

    assertThat(parser.task(prompt, LIST)).contains(BoxAnswerParser.TASK);
    assertThat(parser.task(prompt, "<|box_start|>(1,2)")).contains(BoxAnswerParser.TASK);
    assertThat(parser.task(prompt, "There is a cat.")).isEmpty();
  }

  @Test
  @Timeout(60)
  void readsVeryLongTextsQuickly() {
    String object = "{\"bbox_2d\": [1, 2, 3, 4]},";
    for (String text :
        List.of(
            "[" + object.repeat(5_000),
            "{\"bbox_2d\":".repeat(5_000),
            "{".repeat(50_000) + "bbox_2d",
            "<|box_start|>(1,2),(3,4)<|box_end|>".repeat(5_000),
            "<|box_start|>" + "(1,2),".repeat(50_000),
            "<|box_start|>".repeat(5_000))) {
      ParsedAnswer answer = parse(text);
      assertThat(answer.reason().isPresent() || answer.detections().size() == 5_000).isTrue();
    }
  }
}

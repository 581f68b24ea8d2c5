package dev.vlm4j.models.florence2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.api.Detection;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Region;
import dev.vlm4j.spi.SeenPicture;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class Florence2AnswerParserTest {
  private static final SeenPicture PICTURE =
      new SeenPicture(new PictureSize(640, 480), new PictureSize(768, 768));
  private static final String BOX = "<loc_100><loc_200><loc_300><loc_400>";

  private final Florence2AnswerParser parser = parser(null);

  private static Florence2AnswerParser parser(@Nullable Map<String, Map<String, Object>> settings) {
    return new Florence2AnswerParser(new Florence2PostProcessing(settings));
  }

  private ParsedAnswer parse(String task, String text) {
    return parser.parse(task, text, List.of(PICTURE));
  }

  @Test
  void givesBoxesInPixelsOfTheOriginalPicture() {
    ParsedAnswer answer = parse("<OD>", "</s><s>cat" + BOX + "</s>");

    assertThat(answer.detections())
        .containsExactly(Detection.of("cat", new Region.Box(64, 96, 192, 192)));
    assertThat(answer.picture()).contains(PICTURE.original());
    assertThat(answer.reason()).isEmpty();
    assertThat(answer.reference())
        .isEqualTo(
            Map.of(
                "<OD>",
                Map.of("bboxes", List.of(List.of(64, 96, 192, 192)), "labels", List.of("cat"))));
  }

  @Test
  void givesQuadsOfLinesOfText() {
    ParsedAnswer answer = parse("<OCR_WITH_REGION>", "Café" + BOX + BOX);

    assertThat(answer.detections()).hasSize(1);
    assertThat(answer.detections().get(0).label()).isEqualTo("Café");
    assertThat(answer.detections().get(0).region().points())
        .startsWith(new Region.Point(64, 96), new Region.Point(192, 192))
        .hasSize(4);
  }

  @Test
  void givesAllOutlinesOfOneThingTogether() {
    ParsedAnswer answer =
        parse(
            "<OPEN_VOCABULARY_DETECTION>",
            "cat<poly>" + BOX + "<sep>" + BOX + "</poly><poly>" + BOX + "</poly>");

    assertThat(answer.detections())
        .extracting(found -> ((Region.Polygon) found.region()).outlines().size())
        .containsExactly(2, 1);
  }

  @Test
  void readsPlainTextWithoutAPicture() {
    ParsedAnswer answer = parser.parse("<CAPTION>", "</s><s> a cat </s>", List.of());

    assertThat(answer.reference()).isEqualTo(Map.of("<CAPTION>", "a cat"));
    assertThat(answer.reason()).isEmpty();
    assertThat(answer.detections()).isEmpty();
  }

  @Test
  void saysThatPlacesNeedOnePicture() {
    ParsedAnswer answer = parser.parse("<OD>", "cat" + BOX, List.of(PICTURE, PICTURE));

    assertThat(answer.detections()).isEmpty();
    assertThat(answer.reason().orElseThrow()).contains("one picture").contains("2");
  }

  @Test
  void saysThatATextNamesNoPlaces() {
    ParsedAnswer answer = parse("<OD>", "I see a cat.");

    assertThat(answer.reason()).contains("the text names no places");
    assertThat(answer.reference()).containsKey("<OD>");
  }

  @Test
  void saysWhyTheReferenceFails() {
    ParsedAnswer answer = parse("<OD>", "cat<loc_1><loc_2><loc_3><loc_99999999999999999999>");

    assertThat(answer.reason().orElseThrow()).contains("beyond 64 bits");
    assertThat(answer.reference()).isEmpty();
  }

  @Test
  void skipsThePhrasesThatTheCheckpointBans() {
    Map<String, Map<String, Object>> settings =
        Map.of("phrase_grounding", Map.of("banned_grounding_tokens", List.of("cat")));
    String text = "cat" + BOX + "it" + BOX;
    String task = "<CAPTION_TO_PHRASE_GROUNDING>";

    assertThat(parser(settings).parse(task, text, List.of(PICTURE)).detections())
        .extracting(Detection::label)
        .containsExactly("it");
    assertThat(parse(task, text).detections()).extracting(Detection::label).containsExactly("cat");
  }

  @Test
  void refusesKindsThatTheCheckpointDoesNotList() {
    ParsedAnswer answer = parser(Map.of()).parse("<OD>", "cat" + BOX, List.of(PICTURE));

    assertThat(answer.reason().orElseThrow())
        .contains("does not list")
        .contains("description_with_bboxes");
  }

  @Test
  void refusesAPatternOfTheCheckpoint() {
    Map<String, Map<String, Object>> settings = Map.of("ocr", Map.of("PATTERN", ".*"));
    ParsedAnswer answer = parser(settings).parse("<OCR_WITH_REGION>", "", List.of(PICTURE));

    assertThat(answer.reason().orElseThrow()).contains("PATTERN");
  }

  @Test
  void findsTheTaskInThePrompt() {
    assertThat(parser.task(Prompt.user("<OD>"), "")).contains("<OD>");
    assertThat(parser.task(Prompt.user("<REGION_TO_OCR>" + BOX), "")).contains("<REGION_TO_OCR>");
    assertThat(parser.task(Prompt.user("What is this?"), "")).isEmpty();
  }

  @Test
  @Timeout(60)
  void readsVeryLongTextsQuickly() {
    String locations = "<loc_5>".repeat(20_000);
    List<String> texts =
        List.of(
            "a".repeat(200_000),
            "a" + locations,
            "a<loc_1><loc_2><loc_3>".repeat(10_000),
            "<poly><loc_1>".repeat(10_000) + "</poly>",
            "</poly><poly>".repeat(10_000),
            "a\n" + "<loc_1><loc_2><loc_3><loc_4><loc_5><loc_6><loc_7>\n".repeat(20_000),
            "<loc_" + "1".repeat(200_000));
    for (String task : parser.tasks()) {
      for (String text : texts) {
        assertThat(parse(task, text).task()).isEqualTo(task);
      }
    }
  }
}

package dev.vlm4j.zoo.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.api.Detection;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Region;
import dev.vlm4j.spi.AnswerParser;
import dev.vlm4j.spi.SeenPicture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerReadingTest {
  private static final SeenPicture PICTURE =
      new SeenPicture(new PictureSize(640, 480), new PictureSize(28, 28));

  private static Optional<ParsedAnswer> read(String question, String text) {
    return AnswerReading.read(new Letters(), Prompt.user(question), text, List.of(PICTURE));
  }

  @Test
  void givesWhatTheParserFinds() {
    ParsedAnswer parsed = read("find", "a").orElseThrow();

    assertThat(parsed.task()).isEqualTo("find");
    assertThat(parsed.detections())
        .containsExactly(Detection.of("a", new Region.Box(0, 0, 640, 480)));
    assertThat(parsed.reason()).isEmpty();
  }

  @Test
  void givesNothingForATaskWithoutParsedForm() {
    assertThat(read("describe", "a cat")).isEmpty();
  }

  @Test
  void turnsAFailureOfTheParserIntoTheReason() {
    ParsedAnswer parsed = read("find", "fail").orElseThrow();

    assertThat(parsed.detections()).isEmpty();
    assertThat(parsed.text()).isEqualTo("fail");
    assertThat(parsed.picture()).contains(PICTURE.original());
    assertThat(parsed.reason().orElseThrow()).contains("broken");
  }

  @Test
  void turnsAFailureToTellTheTaskIntoTheReason() {
    assertThat(read("fail", "a").orElseThrow().reason().orElseThrow()).contains("broken");
  }

  /** Finds the whole picture for any text. */
  private static final class Letters implements AnswerParser {
    @Override
    public List<String> tasks() {
      return List.of("find");
    }

    @Override
    public Optional<String> task(Prompt prompt, String text) {
      failIfAsked(prompt.equals(Prompt.user("fail")));
      return prompt.equals(Prompt.user("find")) ? Optional.of("find") : Optional.empty();
    }

    @Override
    public ParsedAnswer parse(String task, String text, List<SeenPicture> pictures) {
      failIfAsked(text.equals("fail"));
      PictureSize size = pictures.get(0).original();
      Detection all = Detection.of(text, new Region.Box(0, 0, size.width(), size.height()));
      return new ParsedAnswer(
          task, text, List.of(all), Optional.empty(), Optional.of(size), Map.of());
    }

    private static void failIfAsked(boolean asked) {
      if (asked) {
        throw new IllegalStateException("broken");
      }
    }
  }
}

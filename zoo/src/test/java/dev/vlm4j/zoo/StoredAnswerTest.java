package dev.vlm4j.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.ImageOptions;
import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.api.Region;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.BoxFrame;
import dev.vlm4j.spi.KeyTable;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Picture;
import dev.vlm4j.spi.ProcessedImages;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.TextPart;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredAnswerTest {
  private static final String BOX = "{\"bbox_2d\": [0, 0, 50, 50], \"label\": \"cat\"}";
  private static final Optional<PictureSize> SIZE = Optional.of(new PictureSize(400, 200));

  private static ParsedAnswer parse(BoxFrame frame, Optional<PictureSize> size) {
    return new StoredAnswer("fake", new Boxes(Optional.of(frame)), ImageOptions.NONE)
        .parse("grounding", BOX, size);
  }

  @Test
  void asksTheProcessorWhatTheModelSaw() {
    assertThat(parse(BoxFrame.SEEN_PIXELS, SIZE).detections().get(0).region())
        .isEqualTo(new Region.Box(0, 0, 200, 100));
  }

  @Test
  void asksTheProcessorWithTheSettingsOfTheModel() {
    ImageOptions options = ImageOptions.NONE.withMaxPixels(2_500);
    StoredAnswer stored =
        new StoredAnswer("fake", new Boxes(Optional.of(BoxFrame.SEEN_PIXELS)), options);

    assertThat(stored.parse("grounding", BOX, SIZE).detections().get(0).region())
        .isEqualTo(new Region.Box(0, 0, 400, 200));
  }

  @Test
  void needsNoProcessorForThousandths() {
    assertThat(parse(BoxFrame.THOUSANDTHS, SIZE).detections().get(0).region())
        .isEqualTo(new Region.Box(0, 0, 20, 10));
    assertThat(
            parse(BoxFrame.THOUSANDTHS, Optional.of(new PictureSize(999_999_999, 999_999_999)))
                .detections())
        .hasSize(1);
  }

  @Test
  void refusesASizeThatNoPictureHas() {
    Optional<PictureSize> size = Optional.of(new PictureSize(99_999, 99_999));

    assertThatThrownBy(() -> parse(BoxFrame.SEEN_PIXELS, size))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("check its size");
  }

  @Test
  void givesAReasonWithoutSize() {
    ParsedAnswer answer = parse(BoxFrame.SEEN_PIXELS, Optional.empty());

    assertThat(answer.detections()).isEmpty();
    assertThat(answer.reason()).isPresent();
  }

  @Test
  void listsTheTasks() {
    StoredAnswer answer =
        new StoredAnswer("fake", new Boxes(Optional.of(BoxFrame.THOUSANDTHS)), ImageOptions.NONE);

    assertThatThrownBy(() -> answer.parse("<OD>", BOX, SIZE))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("there are: grounding");
  }

  @Test
  void refusesModelsWhoseAnswersNameNoPlaces() {
    StoredAnswer answer = new StoredAnswer("fake", new Boxes(Optional.empty()), ImageOptions.NONE);

    assertThatThrownBy(() -> answer.parse("grounding", BOX, SIZE))
        .isInstanceOf(VlmException.class)
        .hasMessageContaining("answers of fake name no places");
  }

  /** Resizes every picture to 100 x 100 pixels. */
  private record Boxes(Optional<BoxFrame> boxFrame) implements ModelAdapter {
    @Override
    public ProcessedImages process(List<Picture> pictures) {
      int side = pictures.get(0).modelOptions().maxPixels().isPresent() ? 50 : 100;
      return new ProcessedImages(List.of(), List.of(new ProcessedImages.Size(side, side, 1)));
    }

    @Override
    public KeyTable keys() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Graph> stages(Set<String> weights) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int contextLength() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<TextPart> expand(List<TextPart> rendered, ProcessedImages images) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RequestFeed feed(int[] promptIds, ProcessedImages images) {
      throw new UnsupportedOperationException();
    }
  }
}

package dev.vlm4j.models.llavanext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.models.image.AnyresFiles;
import dev.vlm4j.models.image.AnyresTiles;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.Goldens;
import dev.vlm4j.models.image.ImageProcessorConfig;
import dev.vlm4j.models.image.ImageSize;
import dev.vlm4j.models.towers.ImagePlaceholders;
import org.junit.jupiter.api.Test;

class LlavaNextProcessorTest {
  private static final int PATCH = 14;
  private static final int SIDE = 336;

  /** The tower's settings of the published checkpoints, the class's grids. */
  private static LlavaNextProcessor processor() {
    ImageSize size = ImageSize.of(SIDE, SIDE);
    ImageProcessorConfig image =
        new ImageProcessorConfig(
            null, null, size, null, null, size, null, null, null, null, null, null, null, null,
            null);
    return new LlavaNextProcessor(
        AnyresTiles.llavaNext(new AnyresFiles(image, null)),
        new ImagePlaceholders("<image>"),
        PATCH,
        0);
  }

  @Test
  void countsTokensAsTheReferenceDoes() {
    LlavaNextProcessor processor = processor();

    assertThat(Goldens.lines(Goldens.class, "tile-tokens.txt"))
        .hasSizeGreaterThan(2500)
        .allSatisfy(
            line -> {
              String[] fields = line.split(" ");
              Extent picture = new Extent(number(fields[0]), number(fields[1]));
              assertThat(processor.tokens(picture)).isEqualTo(number(fields[2]));
            });
  }

  @Test
  void theFirstPositionOfTheTowerCountsOnlyIfItIsKept() {
    assertThat(config(1, "default").extraTokens()).isZero();
    assertThat(config(1, "full").extraTokens()).isOne();
    assertThat(config(null, "default").extraTokens()).isEqualTo(-1);
    assertThat(config(null, null).extraTokens()).isZero();
  }

  private static LlavaNextProcessorConfig config(
      @org.jspecify.annotations.Nullable Integer additional,
      @org.jspecify.annotations.Nullable String strategy) {
    return new LlavaNextProcessorConfig(null, strategy, null, additional);
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }
}

package dev.vlm4j.models.llavaonevision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.models.image.AnyresFiles;
import dev.vlm4j.models.image.AnyresTiles;
import dev.vlm4j.models.image.Extent;
import dev.vlm4j.models.image.Goldens;
import dev.vlm4j.models.towers.ImagePlaceholders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnevisionFeaturesTest {
  private static LlavaOnevisionProcessor processor(int fullTiles) {
    return new LlavaOnevisionProcessor(
        AnyresTiles.llavaOnevision(AnyresFiles.silent("LlavaOnevisionImageProcessor")),
        new ImagePlaceholders("<image>"),
        new OnevisionFeatures(729, false, fullTiles));
  }

  @Test
  void countsTokensAsTheReferenceDoes() {
    LlavaOnevisionProcessor nine = processor(9);
    LlavaOnevisionProcessor four = processor(4);

    assertThat(Goldens.lines(Goldens.class, "tile-tokens.txt"))
        .hasSizeGreaterThan(2500)
        .allSatisfy(
            line -> {
              String[] fields = line.split(" ");
              Extent picture = new Extent(number(fields[0]), number(fields[1]));
              assertThat(nine.tokens(picture)).isEqualTo(number(fields[3]));
              assertThat(four.tokens(picture)).isEqualTo(number(fields[4]));
            });
  }

  @Test
  void oneOfSeveralPicturesHasItsFeaturesAndANewline() {
    assertThat(new OnevisionFeatures(729, false, 9).ofSquare()).isEqualTo(730);
    assertThat(new OnevisionFeatures(577, true, 9).ofSquare()).isEqualTo(577);
  }

  @Test
  void readsTheNumberOfTilesFromTheAspectRatio() {
    assertThat(config(null).fullTiles()).isEqualTo(9);
    assertThat(config("anyres_max_12").fullTiles()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anyres", "pad", "anyres_max_", "anyres_max_x", "anyres_max_0"})
  void refusesAspectRatiosWithoutANumber(String ratio) {
    assertThatThrownBy(() -> config(ratio).fullTiles())
        .isInstanceOf(VlmException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.ARCHITECTURE_UNSUPPORTED)
        .hasMessageContaining(ratio);
  }

  private static LlavaOnevisionConfig config(@Nullable String ratio) {
    return new LlavaOnevisionConfig(null, null, null, ratio);
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }
}

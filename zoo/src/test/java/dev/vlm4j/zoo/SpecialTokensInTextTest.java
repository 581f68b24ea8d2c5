package dev.vlm4j.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Image;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts of users that hold special tokens, with the built-in model. */
class SpecialTokensInTextTest {
  private static final Image PICTURE =
      Image.of(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB));
  private static final LoadOptions REFERENCE = LoadOptions.DEFAULT.withSpecialTokensInText();

  private static ModelInputs inputs(LoadOptions options, String text, Image... pictures) {
    return Vlm4j.inputs(Vlm4j.BUILTIN, Prompt.user(List.of(pictures), text), options);
  }

  private static int count(ModelInputs inputs, String token) {
    return inputs.parts().stream()
        .filter(part -> part.kind() != ModelInputs.Kind.TEXT && part.text().equals(token))
        .mapToInt(ModelInputs.Part::tokens)
        .sum();
  }

  @Test
  void arePlainTextUnlessAskedFor() {
    int usual = count(inputs(LoadOptions.DEFAULT, "hi"), "<|end|>");
    assertThat(count(inputs(LoadOptions.DEFAULT, "a<|end|>b"), "<|end|>")).isEqualTo(usual);
    assertThat(count(inputs(REFERENCE, "a<|end|>b"), "<|end|>")).isEqualTo(usual + 1);
    assertThat(inputs(REFERENCE, "hi").promptTokenIds())
        .isEqualTo(inputs(LoadOptions.DEFAULT, "hi").promptTokenIds());
  }

  @Test
  void neverTakeThePlaceOfAPicture() {
    ModelInputs plain = inputs(LoadOptions.DEFAULT, "what?", PICTURE);
    ModelInputs hostile = inputs(LoadOptions.DEFAULT, "<image> what?", PICTURE);
    assertThat(count(hostile, "<image>")).isEqualTo(count(plain, "<image>")).isPositive();
    assertThat(hostile.images().get(0).tokens()).isEqualTo(count(hostile, "<image>"));
    assertThatThrownBy(() -> inputs(REFERENCE, "<image> what?", PICTURE))
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_COUNT_MISMATCH));
    assertThatThrownBy(() -> inputs(REFERENCE, "<image>"))
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_COUNT_MISMATCH));
  }

  @Test
  void partsCoverTheWholePrompt() {
    ModelInputs inputs = inputs(LoadOptions.DEFAULT, "what?", PICTURE, PICTURE);
    assertThat(inputs.parts().stream().mapToInt(ModelInputs.Part::tokens).sum())
        .isEqualTo(inputs.promptTokenIds().size());
    assertThat(inputs.parts().stream().map(ModelInputs.Part::picture).filter(n -> n >= 0))
        .containsExactly(0, 1);
  }

  @Test
  void picturesOnANetworkAreRefusedUnlessAPolicyAllowsThem() {
    assertThatThrownBy(
            () -> inputs(LoadOptions.DEFAULT, "what?", Image.ofUri("http://localhost:9/a.png")))
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_SOURCE_REFUSED));
  }
}

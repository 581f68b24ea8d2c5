package dev.vlm4j.models.idefics2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.spi.TextPart;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class Idefics2PromptTest {
  private static final String FAKE = "<fake_token_around_image>";
  private static final String TWO = "<image><image>";

  private static TextPart template(String text) {
    return new TextPart(text, false);
  }

  private static TextPart user(String text) {
    return new TextPart(text, true);
  }

  private static String expanded(boolean splits, int pictures, TextPart... parts) {
    return new Idefics2Prompt(2, splits)
        .expand(List.of(parts), pictures).stream()
            .map(TextPart::text)
            .collect(Collectors.joining());
  }

  @Test
  void neighboursShareAFakeToken() {
    assertThat(expanded(false, 2, template("<image>"), template("<image>"), user("?")))
        .isEqualTo(FAKE + TWO + FAKE + TWO + FAKE + " ?");
  }

  @Test
  void theFourPartsAndTheWholeShareFakeTokens() {
    assertThat(expanded(true, 1, template("a<image>\n")))
        .isEqualTo("a" + (FAKE + TWO).repeat(5) + FAKE + "\n");
  }

  @Test
  void aWordRightAfterAPictureGetsASpace() {
    assertThat(expanded(false, 1, template("<image>b"))).endsWith(FAKE + " b");
    assertThat(expanded(false, 1, template("<image>"), user(""), user("b"))).endsWith(FAKE + " b");
    assertThat(expanded(false, 1, template("<image>"), user("\u00a0b"))).endsWith(FAKE + "\u00a0b");
    assertThat(expanded(false, 1, template("<image>"), user("<b"))).endsWith(FAKE + "<b");
  }

  @Test
  void textOfAUserStaysAsItIs() {
    assertThat(expanded(false, 0, user(FAKE + FAKE + "b<image>")))
        .isEqualTo(FAKE + FAKE + "b<image>");
  }
}

package dev.vlm4j.zoo.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.spi.TextPart;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecialTokenSplitterTest {
  private final SpecialTokenSplitter splitter =
      new SpecialTokenSplitter(
          List.of(
              new AddedToken(1, "<mask>", true, true, true),
              new AddedToken(2, "<m", true, false, false),
              new AddedToken(3, "<plain>", false, false, false)));

  private List<String> split(String text, boolean fromUser) {
    return splitter.split(List.of(new TextPart(text, fromUser))).stream()
        .map(piece -> (piece.token() == null ? "" : "#") + piece.text())
        .toList();
  }

  @Test
  void takesTheLongestTokenAndSpecialOnesOnly() {
    assertThat(split("a<mask>b<m>c<plain>", false))
        .containsExactly("a", "#<mask>", "b", "#<m", ">c<plain>");
    assertThat(split("a<mask>b<m>c<plain>", true)).containsExactly("a<mask>b<m>c<plain>");
  }

  @Test
  void givesTokensTheWhiteSpaceThatTheyTake() {
    assertThat(split("a \u00a0\u3000\u0085\n<mask>\u00a0\t b", false))
        .containsExactly("a", "#<mask>", "b");
    assertThat(split("a\u001c<mask>\u001fb", false))
        .containsExactly("a\u001c", "#<mask>", "\u001fb");
  }
}

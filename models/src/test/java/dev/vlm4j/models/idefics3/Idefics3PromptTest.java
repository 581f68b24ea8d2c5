package dev.vlm4j.models.idefics3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Idefics3PromptTest {
  private static final String FAKE = "<fake_token_around_image>";
  private static final String TWO = "<image><image>";

  private final Idefics3Prompt prompt = new Idefics3Prompt(2);

  @Test
  void aPictureOfOneTileIsShownOnce() {
    assertThat(prompt.text(1, 1)).isEqualTo(FAKE + "<global-img>" + TWO + FAKE);
  }

  @Test
  void everyTileNamesItsPlaceAndTheWholeComesLast() {
    assertThat(prompt.text(2, 1))
        .isEqualTo(
            (FAKE + "<row_1_col_1>" + TWO + "\n")
                + (FAKE + "<row_2_col_1>" + TWO + "\n")
                + ("\n" + FAKE + "<global-img>" + TWO + FAKE));
  }
}

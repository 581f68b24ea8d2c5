package dev.vlm4j.models.florence2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class Florence2TokensTest {
  private static final int BART = 50265;

  @Test
  void haveTheIdsOfTheModelBehindThoseOfBart() {
    List<String> tokens = Florence2Tokens.all();
    assertThat(tokens).hasSize(51289 - BART).doesNotHaveDuplicates();
    assertThat(tokens.subList(0, 6))
        .containsExactly("<od>", "</od>", "<ocr>", "</ocr>", "<loc_0>", "<loc_1>");
    assertThat(tokens.subList(1003, 1024))
        .containsExactly(
            "<loc_999>",
            "<cap>",
            "</cap>",
            "<ncap>",
            "</ncap>",
            "<dcap>",
            "</dcap>",
            "<grounding>",
            "</grounding>",
            "<seg>",
            "</seg>",
            "<sep>",
            "<region_cap>",
            "</region_cap>",
            "<region_to_desciption>",
            "</region_to_desciption>",
            "<proposal>",
            "</proposal>",
            "<poly>",
            "</poly>",
            "<and>");
  }
}

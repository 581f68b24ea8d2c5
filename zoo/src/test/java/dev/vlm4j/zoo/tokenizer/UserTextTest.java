package dev.vlm4j.zoo.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.spi.TextPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every special token of every real tokenizer, written by a user. */
class UserTextTest {
  /** For private use: no vocabulary has it. */
  private static final String UNKNOWN = "\uE000";

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HuggingFaceTB__SmolVLM-256M-Instruct/tokenizer.json",
        "Qwen__Qwen2-VL-2B-Instruct-AWQ/tokenizer.json.gz",
        "Qwen__Qwen2.5-VL-7B-Instruct/tokenizer.reconstructed.json.gz",
        "Qwen__Qwen3-VL-4B-Instruct/tokenizer.json.gz",
        "google__gemma-3-4b-it/tokenizer.json.gz",
        "llava-hf__llava-1.5-7b-hf/tokenizer.json",
        "Salesforce__blip2-flan-t5-xl/tokenizer.json",
        "microsoft__Florence-2-base/tokenizer.json",
        "microsoft__Florence-2-base/tokenizer-with-locations.json"
      })
  void isNeverASpecialToken(String file) throws IOException {
    try (PromptTokenizer tokenizer = RealTokenizer.open(file, temporary)) {
      List<String> tokens = tokenizer.specialTokens();
      assertThat(tokens).hasSizeGreaterThan(3);
      for (String token : tokens) {
        assertThat(specialIds(tokenizer, token)).as(token).isZero();
        assertThat(specialIds(tokenizer, " x" + token + token + "\n" + token + " y")).isZero();
        int recognised = tokenizer.encodeBare(List.of(new TextPart(token, false)))[0];
        assertThat(tokenizer.isSpecial(recognised)).as(token).isTrue();
      }
      assertThat(specialIds(tokenizer, String.join("", tokens))).isZero();
    }
  }

  /**
   * The text stands between two special tokens of a template, as texts of users do. What a
   * tokenizer gives for a character that it lacks does not count.
   */
  private static long specialIds(PromptTokenizer tokenizer, String text) {
    String marker = tokenizer.specialTokens().get(0);
    int[] ids =
        tokenizer.encodeBare(
            List.of(
                new TextPart(marker, false),
                new TextPart(text, true),
                new TextPart(marker, false)));
    int[] unknown = tokenizer.encodeBare(List.of(new TextPart(UNKNOWN, true)));
    return Arrays.stream(ids)
            .filter(id -> tokenizer.isSpecial(id) && Arrays.stream(unknown).noneMatch(u -> u == id))
            .count()
        - 2;
  }
}

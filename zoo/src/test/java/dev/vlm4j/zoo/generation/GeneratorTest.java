package dev.vlm4j.zoo.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
  private static final GenerationOptions ENDLESS =
      GenerationOptions.DEFAULT.withIgnoreEndOfSequence(true);

  @TempDir Path temporary;

  private Answer answer(String settings, int context, String text, GenerationOptions options) {
    return new MadeUpModel(temporary, settings, context, () -> {})
        .generator()
        .generate(Prompt.user(text), options, GenerationListener.NONE);
  }

  @Test
  void countsTokensOfPromptAndAnswer() {
    Answer answer = answer("{}", 100, "w1 w2 w7", ENDLESS.withMaxNewTokens(5));
    assertThat(answer.promptTokenIds()).containsExactly(1, 2, 7);
    assertThat(answer.usage().promptTokens()).isEqualTo(3);
    assertThat(answer.usage().imageTokens()).isZero();
    assertThat(answer.usage().completionTokens()).isEqualTo(5);
    assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void theSameRequestWithBeamsHasTheSameCounts() {
    Answer answer = answer("{}", 100, "w1 w2", ENDLESS.withMaxNewTokens(5).withNumBeams(3));
    assertThat(answer.usage().promptTokens()).isEqualTo(2);
    assertThat(answer.usage().completionTokens()).isEqualTo(5);
    assertThat(answer.text().split(" ")).hasSize(5);
  }

  @Test
  void refusesPromptsThatLeaveNoRoom() {
    assertThatThrownBy(() -> answer("{}", 3, "w1 w2 w7", ENDLESS))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTEXT_TOO_LONG))
        .hasMessageContaining("the prompt has 3 tokens, the model reads at most 2");
  }

  @Test
  void staysWithinTheContext() {
    Answer answer = answer("{}", 9, "w1 w2", ENDLESS.withMaxNewTokens(100));
    assertThat(answer.tokenIds()).hasSize(7);
    assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void theCallersLimitWinsOverTheCheckpoints() {
    String settings = "{\"max_new_tokens\":4,\"max_length\":5}";
    assertThat(answer(settings, 100, "w1", ENDLESS).tokenIds()).hasSize(4);
    assertThat(answer(settings, 100, "w1", ENDLESS.withMaxNewTokens(6)).tokenIds()).hasSize(6);
  }

  @Test
  void theCheckpointsWholeLengthCountsThePrompt() {
    assertThat(answer("{\"max_length\":8}", 100, "w1 w2 w7", ENDLESS).tokenIds()).hasSize(5);
    assertThat(answer("{}", 9000, "w1", ENDLESS).tokenIds())
        .hasSize(GenerationOptions.DEFAULT_MAX_NEW_TOKENS);
  }

  @Test
  void aPromptAsLongAsTheWholeLengthIsATypedError() {
    assertThatThrownBy(() -> answer("{\"max_length\":3}", 100, "w1 w2 w7", ENDLESS))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTEXT_TOO_LONG))
        .hasMessageContaining("together to 3 tokens (max_length), the prompt has 3 already");
    GenerationOptions own = ENDLESS.withMaxNewTokens(2);
    assertThat(answer("{\"max_length\":3}", 100, "w1 w2 w7", own).tokenIds()).hasSize(2);
  }

  @Test
  void theCheckpointsBeamsAreNotFollowedUnlessTheCallerAsks() {
    String settings = "{\"num_beams\":4,\"max_new_tokens\":8}";
    assertThat(answer(settings, 100, "w1 w2", ENDLESS).tokenIds())
        .isEqualTo(answer("{\"max_new_tokens\":8}", 100, "w1 w2", ENDLESS).tokenIds());
  }
}

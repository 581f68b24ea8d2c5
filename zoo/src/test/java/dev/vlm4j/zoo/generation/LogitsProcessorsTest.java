package dev.vlm4j.zoo.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.spi.GenerationSource;
import dev.vlm4j.zoo.checkpoint.GenerationConfig;
import dev.vlm4j.zoo.checkpoint.HubFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected values were recorded from the reference library's processors, version 5.23. */
class LogitsProcessorsTest {
  private static final float MINUS = Float.NEGATIVE_INFINITY;
  private static final float[] SCORES = {
    0.5f, -1.25f, 2, -0.75f, 1.5f, 3.25f, -2, 0, 0.125f, -0.5f, 1, -3
  };
  private static final int[] IDS = {3, 5, 7, 3, 5, 9, 1, 3, 5};
  private static final Set<Integer> EOS = Set.of(2, 4);

  @TempDir Path temporary;

  private float[] apply(String settings, int promptLength, int limit) {
    return apply(settings, GenerationOptions.DEFAULT, IDS, promptLength, limit);
  }

  private float[] apply(
      String settings, GenerationOptions options, int[] ids, int promptLength, int limit) {
    HubFolder folder = HubFolder.in(temporary).with("generation_config.json", settings);
    GenerationConfig config =
        GenerationConfig.read(folder.open(), GenerationSource.GENERATION_CONFIG);
    float[] scores = SCORES.clone();
    TokenSequence sequence = new TokenSequence(Arrays.copyOf(ids, promptLength), 1);
    Arrays.stream(ids, promptLength, ids.length).forEach(sequence::add);
    new LogitsProcessors(config, options, EOS, promptLength, limit)
        .list()
        .forEach(processor -> processor.apply(sequence, scores));
    return scores;
  }

  private static float[] without(int... ids) {
    float[] scores = SCORES.clone();
    for (int id : ids) {
      scores[id] = MINUS;
    }
    return scores;
  }

  private static float[] only(int... ids) {
    float[] scores = new float[SCORES.length];
    Arrays.fill(scores, MINUS);
    for (int id : ids) {
      scores[id] = 0;
    }
    return scores;
  }

  @Test
  void repetitionPenaltyDividesPositiveAndMultipliesNegativeScores() {
    assertThat(apply("{\"repetition_penalty\":1.3}", 9, 9))
        .containsExactly(
            0.5f,
            -1.625f,
            2.0f,
            -0.9749999642372131f,
            1.5f,
            2.5f,
            -2.0f,
            0.0f,
            0.125f,
            -0.6499999761581421f,
            1.0f,
            -3.0f);
    assertThat(apply("{\"repetition_penalty\":0.7}", 9, 9))
        .containsSequence(-0.5249999761581421f, 1.5f, 4.642857074737549f, -2.0f);
  }

  @Test
  void theCallersPenaltyWins() {
    GenerationOptions options = GenerationOptions.DEFAULT.withRepetitionPenalty(1);
    assertThat(apply("{\"repetition_penalty\":1.3}", options, IDS, 9, 9)).isEqualTo(SCORES);
  }

  @Test
  void forbidsRepeatedGroups() {
    assertThat(apply("{\"no_repeat_ngram_size\":3}", 9, 9)).isEqualTo(without(7, 9));
    assertThat(apply("{\"no_repeat_ngram_size\":2}", 9, 9)).isEqualTo(without(7, 9));
    assertThat(apply("{\"no_repeat_ngram_size\":1}", 9, 9)).isEqualTo(without(1, 3, 5, 7, 9));
    assertThat(apply("{\"no_repeat_ngram_size\":10}", 9, 9)).isEqualTo(SCORES);
  }

  @Test
  void forbidsBadWordsButNotTheEnd() {
    assertThat(apply("{\"bad_words_ids\":[[4],[5,8],[3,5,0],[9,9],[2]]}", 9, 9))
        .as("4 and 2 end a sequence")
        .isEqualTo(without(8, 0));
    assertThat(apply("{\"bad_words_ids\":[[6],[5,8]]}", 9, 9)).isEqualTo(without(6, 8));
  }

  @Test
  void forbidsTheEndBeforeTheLeastLength() {
    assertThat(apply("{\"min_length\":10}", 9, 9)).isEqualTo(without(2, 4));
    assertThat(apply("{\"min_length\":9}", 9, 9)).isEqualTo(SCORES);
    assertThat(apply("{\"min_new_tokens\":4}", 6, 9)).isEqualTo(without(2, 4));
    assertThat(apply("{\"min_new_tokens\":3}", 6, 9)).isEqualTo(SCORES);
  }

  @Test
  void suppressesTokensAlwaysOrAtTheBeginning() {
    assertThat(apply("{\"suppress_tokens\":[0,11]}", 3, 9)).isEqualTo(without(0, 11));
    assertThat(apply("{\"begin_suppress_tokens\":[1,2]}", 9, 9)).isEqualTo(without(1, 2));
    assertThat(apply("{\"begin_suppress_tokens\":[1,2]}", 8, 9)).isEqualTo(SCORES);
  }

  @Test
  void aForcedFirstTokenMovesTheBeginning() {
    String settings = "{\"begin_suppress_tokens\":[1,2],\"forced_bos_token_id\":6}";
    int[] two = {3, 6};
    assertThat(apply(settings, GenerationOptions.DEFAULT, two, 1, 9)).isEqualTo(without(1, 2));
    assertThat(apply(settings, GenerationOptions.DEFAULT, two, 2, 9)).isEqualTo(without(1, 2));
    int[] three = {3, 6, 5};
    assertThat(apply(settings, GenerationOptions.DEFAULT, three, 1, 9)).isEqualTo(SCORES);
  }

  @Test
  void aLeastNumberOfNewTokensTakesThePlaceOfALeastLength() {
    assertThat(apply("{\"min_length\":12,\"min_new_tokens\":3}", 6, 9)).isEqualTo(SCORES);
  }

  @Test
  void theCallersRunsWin() {
    GenerationOptions off = GenerationOptions.DEFAULT.withNoRepeatNgramSize(0);
    assertThat(apply("{\"no_repeat_ngram_size\":3}", off, IDS, 9, 9)).isEqualTo(SCORES);
    GenerationOptions three = GenerationOptions.DEFAULT.withNoRepeatNgramSize(3);
    assertThat(apply("{}", three, IDS, 9, 9)).isEqualTo(without(7, 9));
  }

  @Test
  void normalisesAgainAtTheEnd() {
    float[] scores = apply("{\"renormalize_logits\":true,\"suppress_tokens\":[5]}", 9, 9);
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score);
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
    assertThat(scores[5]).isEqualTo(MINUS);
    assertThat(scores[2] - scores[4]).isCloseTo(0.5f, within(1e-6f));
  }

  @Test
  void forcesTheEndAtTheLimit() {
    assertThat(apply("{\"forced_eos_token_id\":[2,4]}", 6, 4)).isEqualTo(only(2, 4));
    assertThat(apply("{\"forced_eos_token_id\":2}", 6, 5)).isEqualTo(SCORES);
  }

  @Test
  void forcesTheFirstToken() {
    int[] one = {3};
    assertThat(apply("{\"forced_bos_token_id\":6}", GenerationOptions.DEFAULT, one, 1, 5))
        .isEqualTo(only(6));
    assertThat(apply("{\"forced_bos_token_id\":6}", 9, 5)).isEqualTo(SCORES);
  }

  @Test
  void silentSettingsChangeNothing() {
    assertThat(apply("{}", 9, 9)).isEqualTo(SCORES);
  }

  @Test
  void idsOutsideOfTheVocabularyAreIgnored() {
    int[] ids = {500, 3, 500};
    String settings =
        "{\"repetition_penalty\":1.3,\"no_repeat_ngram_size\":1,\"suppress_tokens\":[99],"
            + "\"bad_words_ids\":[[77]]}";
    assertThat(apply(settings, GenerationOptions.DEFAULT, ids, 3, 9)[3]).isEqualTo(MINUS);
  }
}

package dev.vlm4j.zoo.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.FinishReason;
import dev.vlm4j.api.GenerationListener;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.zoo.checkpoint.HubFolder;
import dev.vlm4j.zoo.tokenizer.PromptTokenizer;
import dev.vlm4j.zoo.tokenizer.StreamingDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreedyDecodingTest {
  private static final int EOS = 3;
  private static final String TOKENIZER =
      "{\"version\":\"1.0\",\"added_tokens\":[{\"id\":3,\"content\":\"</s>\",\"special\":true,"
          + "\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false}],"
          + "\"normalizer\":null,\"pre_tokenizer\":{\"type\":\"Whitespace\"},"
          + "\"post_processor\":null,\"decoder\":null,\"model\":{\"type\":\"WordLevel\","
          + "\"vocab\":{\"zero\":0,\"one\":1,\"two\":2,\"</s>\":3},\"unk_token\":\"zero\"}}";

  @TempDir Path temporary;
  private PromptTokenizer tokenizer;

  @BeforeEach
  void loadTokenizer() {
    tokenizer =
        new PromptTokenizer(
            HubFolder.in(temporary).with("tokenizer.json", TOKENIZER).open(), List.of());
  }

  @AfterEach
  void closeTokenizer() {
    tokenizer.close();
  }

  /** Gives the wanted ids one after the other the highest score. */
  private static class ScriptedSession implements GraphSession {
    private final int[] wanted;
    private int runs;
    private int length;

    ScriptedSession(int... wanted) {
      this.wanted = wanted;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) {
      length += (int) inputs.get("ids").size(1);
      float[] scores = {0.5f, 0.5f, 0, -1};
      int id = wanted[runs++];
      if (id >= 0) {
        scores[id] = 2;
      } else {
        Arrays.fill(scores, Float.NaN);
      }
      return Map.of(ModelAdapter.LOGITS, Tensor.of(scores, 1, 1, scores.length));
    }

    @Override
    public int length(String group, int row) {
      return length;
    }

    @Override
    public void truncate(String group, int row, int newLength) {
      length = newLength;
    }

    @Override
    public void reorder(int[] sources) {}

    @Override
    public void cancel() {}

    @Override
    public void close() {}
  }

  /** Notes positions. */
  private static final class Feed implements RequestFeed {
    final List<Integer> positions = new ArrayList<>();

    @Override
    public List<Map<String, Tensor>> vision() {
      return List.of();
    }

    @Override
    public int[] startIds() {
      return new int[2];
    }

    @Override
    public int room() {
      return 9;
    }

    @Override
    public Map<String, Tensor> prompt(Map<String, Tensor> vision) {
      return Map.of("ids", Tensor.of(new int[2], 1, 2));
    }

    @Override
    public Map<String, Tensor> step(int[] tokenIds, int position) {
      positions.add(position);
      return Map.of("ids", Tensor.of(tokenIds, 1, 1));
    }
  }

  private final Feed feed = new Feed();
  private final List<String> heard = new ArrayList<>();

  private GreedyDecoding decoding(int limit, GenerationListener listener) {
    return new GreedyDecoding(
        new int[] {0, 1},
        new DecodingRules(List.of(), Set.of(EOS), limit),
        new StreamingDecoder(tokenizer),
        listener);
  }

  private Decoded run(GreedyDecoding decoding, int... wanted) {
    return run(decoding, new ScriptedSession(wanted));
  }

  private Decoded run(GreedyDecoding decoding, GraphSession session) {
    return decoding.run(
        new DecoderSteps(session, feed, Integer.MAX_VALUE), Map.of(), new Stopwatch());
  }

  @Test
  void stopsAtTheEndToken() {
    Decoded decoded = run(decoding(9, heard::add), 2, 1, EOS);
    assertThat(decoded.reason()).isEqualTo(FinishReason.STOP);
    assertThat(decoded.tokenIds()).containsExactly(2, 1, EOS);
    assertThat(decoded.text()).isEqualTo("two one").isEqualTo(String.join("", heard));
    assertThat(feed.positions).containsExactly(2, 3);
  }

  @Test
  void stopsAtTheLimit() {
    Decoded decoded = run(decoding(2, heard::add), 2, 1);
    assertThat(decoded.reason()).isEqualTo(FinishReason.LENGTH);
    assertThat(decoded.tokenIds()).containsExactly(2, 1);
    assertThat(heard).hasSize(2);
  }

  @Test
  void theEndTokenAtTheLimitIsAStop() {
    assertThat(run(decoding(1, heard::add), EOS).reason()).isEqualTo(FinishReason.STOP);
    assertThat(heard).isEmpty();
  }

  @Test
  void theFirstOfEqualScoresWins() {
    ScriptedSession session =
        new ScriptedSession(2) {
          @Override
          public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) {
            return Map.of(ModelAdapter.LOGITS, Tensor.of(new float[] {0, 5, 5, 1}, 1, 1, 4));
          }
        };
    assertThat(run(decoding(1, heard::add), session).tokenIds()).containsExactly(1);
  }

  @Test
  void endsWhenTheListenerCancels() {
    List<Integer> ids = new ArrayList<>();
    GenerationListener listener =
        new GenerationListener() {
          @Override
          public void onText(String text) {}

          @Override
          public void onToken(int tokenId) {
            ids.add(tokenId);
          }

          @Override
          public boolean isCancelled() {
            return ids.size() == 2;
          }
        };
    assertThat(run(decoding(9, listener), 2, 1).reason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(ids).containsExactly(2, 1);
  }

  @Test
  void exceptionsOfTheListenerReachTheCaller() {
    GreedyDecoding decoding =
        decoding(
            9,
            text -> {
              throw new IllegalStateException("enough");
            });
    assertThatThrownBy(() -> run(decoding, 2)).hasMessage("enough");
  }

  @Test
  void scoresThatAreNoNumbersAreTypedErrors() {
    assertThatThrownBy(() -> run(decoding(9, heard::add), 2, -1))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENGINE_FAILURE))
        .hasMessageContaining("no usable scores for token 1");
  }

  @Test
  void rulesThatForbidEveryIdAreNamedInsteadOfTheEngine() {
    LogitsProcessor forbidding = (sequence, scores) -> Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    GreedyDecoding decoding =
        new GreedyDecoding(
            new int[] {0, 1},
            new DecodingRules(List.of(forbidding), Set.of(EOS), 9),
            new StreamingDecoder(tokenizer),
            heard::add);
    assertThatThrownBy(() -> run(decoding, 2))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("no token is allowed after 0 new ones");
  }
}

package dev.vlm4j.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.zoo.generation.RequestGuard;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** P27: a request that does not fit is refused before it starts. Sizes are those of one decoder. */
class RequestBudgetTest {
  private static final int HEADS = 2;
  private static final int HEAD_DIM = 4;

  /** Of keys and values in 4 bytes, for each position. */
  private static final long CACHE_BYTES = 2L * HEADS * HEAD_DIM * 4;

  private final AtomicLong available = new AtomicLong();
  private final RequestGuard guard =
      RequestBudget.ofAvailable(List.of(stage(Precision.FP32)), available::get);

  private static RequestBudget.Stage stage(Precision precision) {
    return new RequestBudget.Stage(decoder(), precision);
  }

  private static Graph decoder() {
    GraphBuilder graph = new GraphBuilder(ModelAdapter.DECODER);
    Value x =
        graph.input(
            "x",
            DType.FLOAT,
            Dim.fixed(1),
            Dim.symbol("steps"),
            Dim.fixed(HEADS),
            Dim.fixed(HEAD_DIM));
    graph.state("key", HEADS, HEAD_DIM, State.SELF);
    graph.state("value", HEADS, HEAD_DIM, State.SELF);
    graph.output("logits", graph.root().apply(Attention.full(1), List.of(x, x, x)));
    return graph.build();
  }

  /** A prompt of as many positions. */
  private record Feed(int length) implements RequestFeed {
    @Override
    public List<Map<String, Tensor>> vision() {
      return List.of();
    }

    @Override
    public int[] startIds() {
      return new int[length];
    }

    @Override
    public int room() {
      return Integer.MAX_VALUE;
    }

    @Override
    public Map<String, Tensor> prompt(Map<String, Tensor> features) {
      long[] sizes = {1, length, HEADS, HEAD_DIM};
      return Map.of("x", Tensor.of(new float[length * HEADS * HEAD_DIM], sizes));
    }

    @Override
    public Map<String, Tensor> step(int[] tokenIds, int position) {
      return Map.of();
    }
  }

  private static long results(int length) {
    long elements = 2L * length * HEADS * HEAD_DIM + (long) HEADS * length * length;
    return MemoryEstimate.results(elements);
  }

  private void refuses(int length, int newTokens, int rows) {
    assertThatThrownBy(() -> guard.admit(new Feed(length), newTokens, rows))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MEMORY_SHORT));
  }

  @Test
  void admitsWhatFitsToTheByteAndRefusesOneByteMore() {
    long need = 1100 * CACHE_BYTES + results(1000);
    available.set(need);
    guard.admit(new Feed(1000), 100, 1).close();
    available.set(need - 1);
    refuses(1000, 100, 1);
  }

  @Test
  void saysTheSumsAndWhatToDo() {
    available.set(50_000_000);
    assertThatThrownBy(() -> guard.admit(new Feed(10_000), 100_000, 1))
        .hasMessageContainingAll(
            "cache of 110000 positions", "0.05 GB are available", "fewer", "--ignore-memory");
  }

  @Test
  void everyBeamHasACache() {
    available.set(3 * 1100 * CACHE_BYTES + results(1000));
    guard.admit(new Feed(1000), 100, 3).close();
    refuses(1000, 100, 4);
  }

  @Test
  void halfPrecisionHalvesTheCache() {
    RequestGuard half =
        RequestBudget.ofLimit(
            List.of(stage(Precision.BF16)), 1100 * CACHE_BYTES / 2 + results(1000));
    assertThatCode(() -> half.admit(new Feed(1000), 100, 1).close()).doesNotThrowAnyException();
    assertThatThrownBy(() -> half.admit(new Feed(1000), 102, 1)).isInstanceOf(VlmException.class);
  }

  @Test
  void runningRequestsCountUntilTheyEnd() {
    long each = 1100 * CACHE_BYTES + results(1000);
    available.set(2 * each);
    try (RequestGuard.Admission first = guard.admit(new Feed(1000), 100, 1);
        RequestGuard.Admission second = guard.admit(new Feed(1000), 100, 1)) {
      assertThatThrownBy(() -> guard.admit(new Feed(1000), 100, 1))
          .hasMessageContaining("2 running requests");
    }
    guard.admit(new Feed(1000), 100, 1).close();
  }

  /** An engine that keeps what it needed once leaves less, but needs nothing new. */
  @Test
  void aRequestIsNotRefusedForWhatTheEngineKeptOfOneBefore() {
    long cache = 1100 * CACHE_BYTES;
    available.set(cache + results(1000));
    try (RequestGuard.Admission admission = guard.admit(new Feed(1000), 100, 1)) {
      admission.succeeded();
    }
    available.set(cache);
    guard.admit(new Feed(1000), 100, 1).close();
    refuses(1001, 99, 1);
  }

  @Test
  void aFixedLimitIncludesWhatTheEngineKeeps() {
    long limit = 1100 * CACHE_BYTES + results(1000);
    RequestGuard fixed = RequestBudget.ofLimit(List.of(stage(Precision.FP32)), limit);
    try (RequestGuard.Admission admission = fixed.admit(new Feed(1000), 100, 1)) {
      admission.succeeded();
    }
    fixed.admit(new Feed(500), 600, 1).close();
    assertThatThrownBy(() -> fixed.admit(new Feed(10), 1200, 1)).isInstanceOf(VlmException.class);
  }

  @Test
  void whatDoesNotFitLeavesNothingBehind() {
    available.set(10);
    refuses(1000, 100, 1);
    refuses(1000, 100, 1);
    available.set(1100 * CACHE_BYTES + results(1000));
    guard.admit(new Feed(1000), 100, 1).close();
  }
}

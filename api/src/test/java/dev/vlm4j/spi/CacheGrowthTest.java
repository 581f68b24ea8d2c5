package dev.vlm4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
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
import dev.vlm4j.graph.nn.KvCache;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheGrowthTest {
  private static final Dim HEADS = Dim.fixed(2);
  private static final Dim HEAD_DIM = Dim.fixed(4);

  private final GraphBuilder builder = new GraphBuilder("g");

  private Value input(String name, Dim rows, Dim positions) {
    return builder.input(name, DType.FLOAT, rows, positions, HEADS, HEAD_DIM);
  }

  private State state(String name, String group) {
    return builder.state(name, 2, 4, group);
  }

  private Graph attention() {
    KvCache cache = new KvCache(state("k", State.SELF), state("v", State.SELF));
    Value x = input("x", Dim.symbol("rows"), Dim.symbol("new"));
    builder.output("y", builder.root().apply(Attention.cached(1, cache), x, x, x));
    return builder.build();
  }

  private static CacheLengths lengths(Graph graph, int rows) {
    return new CacheLengths(new SessionOptions(rows, Map.of(State.SELF, 5)), graph);
  }

  private static void assertCode(Runnable call, ErrorCode code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(VlmException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void followsTheInputsOfARun() {
    Graph graph = attention();
    assertThat(CacheGrowth.problems(graph)).isEmpty();
    Map<String, Integer> positions =
        new CacheGrowth(graph).positions(Map.of("rows", 3L, "new", 5L), lengths(graph, 3));
    assertThat(positions).containsExactly(Map.entry(State.SELF, 5));
  }

  @Test
  void refusesOtherRowsAndMorePositionsThanThereIsRoom() {
    Graph graph = attention();
    CacheGrowth growth = new CacheGrowth(graph);
    CacheLengths lengths = lengths(graph, 3);
    assertCode(
        () -> growth.positions(Map.of("rows", 2L, "new", 1L), lengths), ErrorCode.INVALID_ARGUMENT);
    lengths.advance(State.SELF, 3);
    assertCode(
        () -> growth.positions(Map.of("rows", 3L, "new", 3L), lengths), ErrorCode.CONTEXT_TOO_LONG);
  }

  @Test
  void aLengthThatNoInputHasIsAProblem() {
    Value x = input("x", Dim.fixed(1), Dim.symbol("half").times(2));
    builder.output("y", builder.root().cacheAppend(state("k", State.SELF), x));
    assertThat(CacheGrowth.problems(builder.build()))
        .singleElement()
        .asString()
        .contains("is no input's");
  }

  @Test
  void statesOfOneGroupGrowTogether() {
    Value x = input("x", Dim.fixed(1), Dim.symbol("n"));
    Value z = input("z", Dim.fixed(1), Dim.symbol("m"));
    builder.output("y", builder.root().cacheAppend(state("k", State.SELF), x));
    builder.output("w", builder.root().cacheAppend(state("v", State.SELF), z));
    assertThat(CacheGrowth.problems(builder.build()))
        .singleElement()
        .asString()
        .contains("its group");
  }
}

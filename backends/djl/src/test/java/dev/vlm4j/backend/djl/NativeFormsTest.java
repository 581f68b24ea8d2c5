package dev.vlm4j.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.Attention.Grouping;
import dev.vlm4j.graph.nn.GatedActivation;
import dev.vlm4j.graph.nn.KvCache;
import dev.vlm4j.graph.nn.LayerNorm;
import dev.vlm4j.graph.nn.RmsNorm;
import dev.vlm4j.graph.nn.RotaryEmbedding;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Native forms and expansions of composites give the same results. */
class NativeFormsTest {
  private static final WeightFile NO_WEIGHTS = new WeightFile(Path.of("none"), 0);
  private static final Offset<Float> FP32 = Offset.offset(2e-6f);
  private static final int HEADS = 4;
  private static final int DIM = 8;

  private final Backend backend = new DjlBackendProvider().create(BackendOptions.DEFAULT);
  private final Random random = new Random(7);

  @ParameterizedTest
  @CsvSource({
    "true,0,NONE,false,4",
    "true,0,NONE,false,2",
    "true,3,NONE,false,2",
    "false,0,NONE,false,2",
    "true,0,SPANS,false,2",
    "true,3,SPANS,false,4",
    "true,0,SEGMENTS,false,4",
    "false,0,SEGMENTS,false,2",
    "false,0,NONE,true,4",
    "true,0,NONE,true,2",
    "false,3,NONE,false,2"
  })
  void agreeForAttentionOverACache(
      boolean causal, int window, Grouping grouping, boolean biased, int kvHeads) {
    Graph graph = cached(causal, window, grouping, biased, kvHeads);
    List<float[]> expected = new ArrayList<>();
    List<float[]> actual = new ArrayList<>();
    random.setSeed(7);
    steps(graph, grouping, biased, kvHeads, false, expected);
    random.setSeed(7);
    steps(graph, grouping, biased, kvHeads, true, actual);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as("step %d", i).containsExactly(expected.get(i), FP32);
    }
  }

  /** Prefill, a second piece, single positions; then rows of different length. */
  private void steps(
      Graph graph, Grouping grouping, boolean biased, int kv, boolean natively, List<float[]> out) {
    try (CompiledGraph compiled =
            backend.compile(graph, NO_WEIGHTS, new CompileOptions(Precision.FP32, natively));
        GraphSession session =
            compiled.openSession(new SessionOptions(2, Map.of(State.SELF, 16)))) {
      for (int added : new int[] {5, 3, 1, 1}) {
        out.add(step(session, grouping, biased, kv, added));
      }
      session.truncate(State.SELF, 1, 6);
      for (int added : new int[] {1, 2}) {
        out.add(step(session, grouping, biased, kv, added));
      }
    }
  }

  private float[] step(GraphSession session, Grouping grouping, boolean biased, int kv, int added) {
    int length = session.length(State.SELF, 0) + added;
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put("q", random(2, added, HEADS, DIM));
    inputs.put("k", random(2, added, kv, DIM));
    inputs.put("v", random(2, added, kv, DIM));
    if (biased) {
      inputs.put("bias", random(1, HEADS, added, length));
    }
    if (grouping != Grouping.NONE) {
      inputs.put("queryIds", ids(length - added, added));
      inputs.put("keyIds", ids(0, length));
    }
    return session.run(inputs, Set.of("y")).get("y").floats();
  }

  private static Graph cached(
      boolean causal, int window, Grouping grouping, boolean biased, int kvHeads) {
    GraphBuilder graph = new GraphBuilder("test");
    Dim rows = Dim.symbol("rows");
    Dim added = Dim.symbol("new");
    Dim length = CacheAppend.length(State.SELF);
    Dim dim = Dim.fixed(DIM);
    List<Value> operands = new ArrayList<>();
    operands.add(graph.input("q", DType.FLOAT, rows, added, Dim.fixed(HEADS), dim));
    operands.add(graph.input("k", DType.FLOAT, rows, added, Dim.fixed(kvHeads), dim));
    operands.add(graph.input("v", DType.FLOAT, rows, added, Dim.fixed(kvHeads), dim));
    if (biased) {
      operands.add(graph.input("bias", DType.FLOAT, Dim.fixed(1), Dim.fixed(HEADS), added, length));
    }
    if (grouping != Grouping.NONE) {
      operands.add(graph.input("queryIds", DType.INT, rows, added));
      operands.add(graph.input("keyIds", DType.INT, rows, length));
    }
    KvCache cache =
        new KvCache(
            graph.state("key", kvHeads, DIM, State.SELF),
            graph.state("value", kvHeads, DIM, State.SELF));
    Attention op = new Attention(0.3, 0, causal, window, grouping, biased, cache);
    graph.output("y", graph.root().apply(op, operands));
    return graph.build();
  }

  @ParameterizedTest
  @CsvSource({"false,4", "false,2", "true,4", "true,2"})
  void agreeForAttentionWithoutACache(boolean causal, int kvHeads) {
    GraphBuilder graph = new GraphBuilder("test");
    Dim n = Dim.symbol("n");
    Value q = graph.input("q", DType.FLOAT, Dim.fixed(2), n, Dim.fixed(HEADS), Dim.fixed(DIM));
    Value k = graph.input("k", DType.FLOAT, Dim.fixed(2), n, Dim.fixed(kvHeads), Dim.fixed(DIM));
    Attention op = new Attention(0.3, 0, causal, 0, Grouping.NONE, false, null);
    graph.output("y", graph.root().apply(op, q, k, k));
    assertAgree(
        graph.build(),
        Map.of("q", random(2, 6, HEADS, DIM), "k", random(2, 6, kvHeads, DIM)),
        Precision.FP32,
        FP32);
  }

  @ParameterizedTest
  @EnumSource(Activation.Kind.class)
  void agreeForActivations(Activation.Kind kind) {
    GraphBuilder graph = new GraphBuilder("test");
    Value x = graph.input("x", DType.FLOAT, Dim.symbol("n"));
    Scope at = graph.root();
    Value activated = at.apply(new Activation(kind), x);
    graph.output("y", at.add(at.apply(new GatedActivation(kind), x, x), activated));
    assertAgree(graph.build(), Map.of("x", random(100)), Precision.FP32, FP32);
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FP32", "BF16"})
  void agreeForRmsNorm(Precision precision) {
    GraphBuilder graph = new GraphBuilder("test");
    Value x = graph.input("x", DType.FLOAT, Dim.symbol("n"), Dim.fixed(32));
    Value scale = graph.input("scale", DType.FLOAT, Dim.fixed(32));
    graph.output("y", graph.root().apply(new RmsNorm(1e-6), x, scale));
    Offset<Float> tolerance = precision == Precision.FP32 ? FP32 : Offset.offset(0f);
    assertAgree(
        graph.build(), Map.of("x", random(64, 32), "scale", random(32)), precision, tolerance);
  }

  @Test
  void agreeForLayerNorm() {
    GraphBuilder graph = new GraphBuilder("test");
    Value x = graph.input("x", DType.FLOAT, Dim.symbol("n"), Dim.fixed(32));
    Value scale = graph.input("scale", DType.FLOAT, Dim.fixed(32));
    graph.output("y", graph.root().apply(new LayerNorm(1e-6), x, scale, scale));
    assertAgree(
        graph.build(), Map.of("x", random(8, 32), "scale", random(32)), Precision.FP32, FP32);
  }

  @ParameterizedTest
  @CsvSource({"FP32,4", "BF16,4", "FP32,3"})
  void agreeForRotaryEmbeddings(Precision precision, int half) {
    GraphBuilder graph = new GraphBuilder("test");
    Dim n = Dim.symbol("n");
    Value x = graph.input("x", DType.FLOAT, Dim.fixed(2), n, Dim.fixed(HEADS), Dim.fixed(DIM));
    Value cos = graph.input("cos", DType.FLOAT, Dim.fixed(2), n, Dim.fixed(half));
    Value sin = graph.input("sin", DType.FLOAT, Dim.fixed(2), n, Dim.fixed(half));
    graph.output("y", graph.root().apply(new RotaryEmbedding(), x, cos, sin));
    Map<String, Tensor> inputs =
        Map.of("x", random(2, 3, HEADS, DIM), "cos", random(2, 3, half), "sin", random(2, 3, half));
    assertAgree(graph.build(), inputs, precision, Offset.offset(0f));
  }

  private void assertAgree(
      Graph graph, Map<String, Tensor> inputs, Precision precision, Offset<Float> tolerance) {
    float[] expected = run(graph, inputs, new CompileOptions(precision, false));
    float[] actual = run(graph, inputs, new CompileOptions(precision, true));
    assertThat(actual).containsExactly(expected, tolerance);
  }

  private float[] run(Graph graph, Map<String, Tensor> inputs, CompileOptions options) {
    try (CompiledGraph compiled = backend.compile(graph, NO_WEIGHTS, options);
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      return session.run(inputs, Set.of("y")).get("y").floats();
    }
  }

  private Tensor random(long... sizes) {
    float[] values = new float[(int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, sizes);
  }

  /** Ids of two rows that change every third position; every second one is 0. */
  private static Tensor ids(int from, int count) {
    int[] ids = new int[2 * count];
    for (int i = 0; i < count; i++) {
      ids[i] = (from + i) / 3 % 2;
      ids[count + i] = (from + i + 1) / 3 % 2;
    }
    return Tensor.of(ids, 2, count);
  }
}

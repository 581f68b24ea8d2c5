package dev.vlm4j.backend.onnxruntime;

import static dev.vlm4j.backend.onnxruntime.OnnxBackendTest.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.KvCache;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OnnxSessionTest {
  private static final int HEADS = 2;
  private static final int HEAD_DIM = 8;
  private static final int CAPACITY = 6;

  @TempDir Path folder;
  private final Random random = new Random(7);
  private Backend backend;
  private FileWeights weights;

  @BeforeEach
  void load() {
    weights = new FileWeights(folder);
    backend = new OnnxBackendProvider().create(BackendOptions.DEFAULT);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void attendsInStepsAsInOneRun() {
    try (CompiledGraph compiled = compile(attention());
        GraphSession whole = compiled.openSession(options(1));
        GraphSession steps = compiled.openSession(options(1))) {
      Tensor all = values(1, 5);
      float[] expected = lastPosition(attend(whole, all), 4);
      attend(steps, positions(all, 0, 3));
      attend(steps, positions(all, 3, 4));
      assertClose(lastPosition(attend(steps, positions(all, 4, 5)), 0), expected);
      assertThat(steps.length(State.SELF, 0)).isEqualTo(5);
    }
  }

  @Test
  void forgetsWhatIsTruncated() {
    try (CompiledGraph compiled = compile(attention());
        GraphSession session = compiled.openSession(options(1))) {
      Tensor all = values(1, 4);
      attend(session, positions(all, 0, 3));
      float[] expected = attend(session, positions(all, 3, 4)).floats();
      session.truncate(State.SELF, 0, 2);
      attend(session, values(1, 2));
      session.truncate(State.SELF, 0, 2);
      attend(session, positions(all, 2, 3));
      assertClose(attend(session, positions(all, 3, 4)).floats(), expected);
    }
  }

  @Test
  void continuesSeveralRowsByMoreThanOnePosition() {
    try (CompiledGraph compiled = compile(attention());
        GraphSession one = compiled.openSession(options(1));
        GraphSession two = compiled.openSession(options(2))) {
      Tensor first = values(1, 2);
      Tensor second = values(1, 3);
      attend(one, first);
      float[] expected = attend(one, second).floats();
      attend(two, twice(first));
      float[] both = attend(two, twice(second)).floats();
      assertClose(Arrays.copyOfRange(both, expected.length, both.length), expected);
    }
  }

  @Test
  void stepsSeveralRowsTogetherAsEachOnItsOwn() {
    try (CompiledGraph compiled = compile(layer());
        GraphSession together = compiled.openSession(options(3))) {
      Tensor first = values(3, 1);
      Tensor second = values(3, 1);
      attend(together, first);
      float[] expected = new float[0];
      for (int row = 0; row < 3; row++) {
        try (GraphSession alone = compiled.openSession(options(1))) {
          attend(alone, positions(first, row, row + 1));
          expected = joined(expected, attend(alone, positions(second, row, row + 1)).floats());
        }
      }
      assertClose(attend(together, second).floats(), expected);
    }
  }

  @Test
  void reordersRowsInPlace() {
    try (CompiledGraph compiled = compile(cache());
        GraphSession session = compiled.openSession(options(2))) {
      Tensor rows = Tensor.of(new float[] {1, 2, 3, 4}, 2, 1, 1, 2);
      append(session, rows);
      session.reorder(new int[] {1, 0});
      assertThat(append(session, rows).floats()).containsExactly(3, 4, 1, 2, 1, 2, 3, 4);
    }
  }

  @Test
  void rejectsRowsThatDoNotExistAndKeepsTheCache() {
    try (CompiledGraph compiled = compile(cache());
        GraphSession session = compiled.openSession(options(2))) {
      Tensor rows = Tensor.of(new float[] {1, 2, 3, 4}, 2, 1, 1, 2);
      append(session, rows);
      assertFailure(() -> session.reorder(new int[] {1, 2}), ErrorCode.INVALID_ARGUMENT, "row 2");
      assertThat(append(session, rows).floats()).containsExactly(1, 2, 1, 2, 3, 4, 3, 4);
    }
  }

  @Test
  void refusesMoreThanTheCapacityAndKeepsTheCache() {
    try (CompiledGraph compiled = compile(attention());
        GraphSession session = compiled.openSession(options(1))) {
      attend(session, values(1, CAPACITY));
      assertFailure(() -> attend(session, values(1, 1)), ErrorCode.CONTEXT_TOO_LONG);
      assertThat(session.length(State.SELF, 0)).isEqualTo(CAPACITY);
    }
  }

  @Test
  void rejectsAnotherNumberOfRows() {
    try (CompiledGraph compiled = compile(attention());
        GraphSession session = compiled.openSession(options(1))) {
      assertFailure(() -> attend(session, values(2, 1)), ErrorCode.INVALID_ARGUMENT, "2 rows");
    }
  }

  @Test
  void rejectsAnUnknownResult() {
    try (CompiledGraph compiled = compile(attention());
        GraphSession session = compiled.openSession(options(1))) {
      assertFailure(
          () -> session.run(Map.of("x", values(1, 1)), Set.of("z")),
          ErrorCode.INVALID_ARGUMENT,
          "[y]");
    }
  }

  @Test
  void refusesUseAfterClosing() {
    try (CompiledGraph compiled = compile(attention())) {
      GraphSession session = compiled.openSession(options(1));
      session.close();
      session.close();
      assertFailure(() -> attend(session, values(1, 1)), ErrorCode.CLOSED);
    }
  }

  @Test
  void refusesUseAfterItsGraphIsClosed() {
    CompiledGraph compiled = compile(attention());
    try (GraphSession session = compiled.openSession(options(1))) {
      compiled.close();
      assertFailure(() -> attend(session, values(1, 1)), ErrorCode.CLOSED);
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void endsARunEarlyWhenCancelled() throws InterruptedException {
    try (CompiledGraph compiled = compile(longChain());
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      Map<String, Tensor> inputs = Map.of("x", Tensor.of(new float[512 * 512], 512, 512));
      CompletableFuture<Map<String, Tensor>> run =
          CompletableFuture.supplyAsync(() -> session.run(inputs, Set.of("y")));
      while (!run.isDone()) {
        session.cancel();
        Thread.sleep(1);
      }
      assertFailure(() -> join(run), ErrorCode.ENGINE_FAILURE, "cancelled");
      assertThat(session.run(inputs, Set.of()).keySet()).isEmpty();
    }
  }

  private static void join(CompletableFuture<?> run) throws Throwable {
    try {
      run.join();
    } catch (CompletionException e) {
      throw e.getCause();
    }
  }

  private CompiledGraph compile(Graph graph) {
    return backend.compile(graph, weights, CompileOptions.DEFAULT);
  }

  private static SessionOptions options(int rows) {
    return new SessionOptions(rows, Map.of(State.SELF, CAPACITY));
  }

  private static Graph attention() {
    GraphBuilder builder = new GraphBuilder("attention");
    KvCache cache =
        new KvCache(
            builder.state("key", HEADS, HEAD_DIM, State.SELF),
            builder.state("value", HEADS, HEAD_DIM, State.SELF));
    Dim[] dims = {Dim.symbol("rows"), Dim.symbol("new"), Dim.fixed(HEADS), Dim.fixed(HEAD_DIM)};
    Value x = builder.input("x", DType.FLOAT, dims);
    builder.output("y", builder.root().apply(Attention.cached(0.5, cache), x, x, x));
    return builder.build();
  }

  private Graph layer() {
    int width = HEADS * HEAD_DIM;
    float[] numbers = values(1, width).floats();
    weights.floats("fc.weight", Shape.fixed(width, width), numbers);
    weights.floats("fc.bias", Shape.fixed(width), Arrays.copyOf(numbers, width));
    GraphBuilder builder = new GraphBuilder("layer");
    KvCache cache =
        new KvCache(
            builder.state("key", HEADS, HEAD_DIM, State.SELF),
            builder.state("value", HEADS, HEAD_DIM, State.SELF));
    Dim[] dims = {Dim.symbol("rows"), Dim.symbol("new"), Dim.fixed(HEADS), Dim.fixed(HEAD_DIM)};
    Value x = builder.input("x", DType.FLOAT, dims);
    Scope root = builder.root();
    Value flat = root.reshape(x, dims[0], dims[1], Dim.fixed(width));
    Value mixed = root.reshape(root.linear("fc", flat, width, true), dims);
    builder.output("y", root.apply(Attention.cached(0.5, cache), mixed, mixed, mixed));
    return builder.build();
  }

  private static float[] joined(float[] start, float[] end) {
    float[] joined = Arrays.copyOf(start, start.length + end.length);
    System.arraycopy(end, 0, joined, start.length, end.length);
    return joined;
  }

  private static Graph cache() {
    GraphBuilder builder = new GraphBuilder("cache");
    State state = builder.state("key", 1, 2, State.SELF);
    Value x =
        builder.input(
            "x", DType.FLOAT, Dim.symbol("rows"), Dim.symbol("new"), Dim.fixed(1), Dim.fixed(2));
    builder.output("y", builder.root().cacheAppend(state, x));
    return builder.build();
  }

  private static Graph longChain() {
    GraphBuilder builder = new GraphBuilder("chain");
    Value x = builder.input("x", DType.FLOAT, Dim.fixed(512), Dim.fixed(512));
    Value y = x;
    for (int i = 0; i < 500; i++) {
      y = builder.root().matMul(y, x);
    }
    builder.output("y", y);
    return builder.build();
  }

  private Tensor values(int rows, int positions) {
    float[] elements = new float[rows * positions * HEADS * HEAD_DIM];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) random.nextGaussian();
    }
    return Tensor.of(elements, rows, positions, HEADS, HEAD_DIM);
  }

  private static Tensor positions(Tensor of, int start, int end) {
    int width = HEADS * HEAD_DIM;
    float[] cut = Arrays.copyOfRange(of.floats(), start * width, end * width);
    return Tensor.of(cut, 1, end - start, HEADS, HEAD_DIM);
  }

  private static Tensor twice(Tensor row) {
    float[] both = Arrays.copyOf(row.floats(), 2 * row.count());
    System.arraycopy(row.floats(), 0, both, row.count(), row.count());
    return Tensor.of(both, 2, row.size(1), HEADS, HEAD_DIM);
  }

  private static Tensor attend(GraphSession session, Tensor x) {
    return session.run(Map.of("x", x), Set.of("y")).get("y");
  }

  private static Tensor append(GraphSession session, Tensor x) {
    return session.run(Map.of("x", x), Set.of("y")).get("y");
  }

  private static float[] lastPosition(Tensor y, int position) {
    return positions(y, position, position + 1).floats();
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }
}

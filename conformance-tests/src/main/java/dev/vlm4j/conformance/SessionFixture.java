package dev.vlm4j.conformance;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.KvCache;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.Tolerance;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small compiled decoder: input {@code x [rows, new, 8]}, two layers of causal attention over
 * caches, outputs {@code first} and {@code second} of the same shape and {@code past}, the lengths
 * before the run.
 */
final class SessionFixture implements AutoCloseable {
  static final int WIDTH = 8;
  static final Tolerance TOLERANCE =
      new Tolerance(4e-6, 1e-5, "two layers of products and softmax follow each other");

  private static final int HEADS = 2;
  private static final int HEAD_DIM = WIDTH / HEADS;
  private static final Set<String> ALL = Set.of("first", "second", "past");

  private final TestCheckpoint weights;
  private final CompiledGraph compiled;

  SessionFixture(Backend backend) {
    weights = TestCheckpoint.write(List.of(weight("proj.weight")), TestCheckpoint.Layout.ALIGNED);
    compiled = backend.compile(graph(), weights, CompileOptions.DEFAULT);
  }

  static Graph graph() {
    CaseGraph g = new CaseGraph("decoder");
    Value x = g.in("x", "rows,new,8");
    Value first = layer(g, 0, x);
    g.out("first", first);
    g.out("second", layer(g, 1, first));
    g.out("past", g.at().cacheLength(State.SELF, Dim.symbol("rows")));
    return g.build();
  }

  private static Value layer(CaseGraph g, int index, Value x) {
    KvCache cache =
        new KvCache(
            g.state("layers." + index + ".key", HEADS, HEAD_DIM, State.SELF),
            g.state("layers." + index + ".value", HEADS, HEAD_DIM, State.SELF));
    Value projected = g.at().linear("proj", x, WIDTH, false);
    Value heads = g.at().reshape(projected, CaseGraph.dims("rows,new,2,4"));
    Value mixed = g.at().apply(Attention.cached(0.5, cache), heads, heads, heads);
    return g.at().reshape(mixed, CaseGraph.dims("rows,new,8"));
  }

  /** Returns a weight {@code [8, 8]} of single precision numbers. */
  static StoredWeight weight(String key) {
    ByteBuffer bytes =
        ByteBuffer.allocate(WIDTH * WIDTH * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < WIDTH * WIDTH; i++) {
      bytes.putFloat((float) Math.sin(1.7 * i));
    }
    return new StoredWeight(key, StorageType.F32, Shape.fixed(WIDTH, WIDTH), bytes.array());
  }

  CompiledGraph compiled() {
    return compiled;
  }

  GraphSession open(int rows, int capacity) {
    return compiled.openSession(new SessionOptions(rows, Map.of(State.SELF, capacity)));
  }

  /** Returns the input of a run; the numbers follow from row, position and element. */
  static Map<String, Tensor> positions(int rows, int start, int count) {
    float[] x = new float[rows * count * WIDTH];
    int next = 0;
    for (int row = 0; row < rows; row++) {
      next = fill(x, next, row, start, count);
    }
    return Map.of("x", Tensor.of(x, rows, count, WIDTH));
  }

  /** Returns the input of a session of one row as if it were the given row of a larger one. */
  static Map<String, Tensor> positionsOfRow(int row, int start, int count) {
    float[] x = new float[count * WIDTH];
    fill(x, 0, row, start, count);
    return Map.of("x", Tensor.of(x, 1, count, WIDTH));
  }

  private static int fill(float[] x, int from, int row, int start, int count) {
    int next = from;
    for (int i = start * WIDTH; i < (start + count) * WIDTH; i++) {
      x[next++] = (float) Math.cos(0.9 * i + 2.3 * row);
    }
    return next;
  }

  static Map<String, Tensor> run(GraphSession session, Map<String, Tensor> inputs) {
    return session.run(inputs, ALL);
  }

  /** Runs and returns the result of the last layer. */
  static Tensor second(GraphSession session, Map<String, Tensor> inputs) {
    Tensor second = run(session, inputs).get("second");
    if (second == null) {
      throw new AssertionError("the output 'second' was asked for and not returned");
    }
    return second;
  }

  @Override
  public void close() {
    compiled.close();
    weights.close();
  }
}

package dev.vlm4j.conformance;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.KvCache;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A small compiled decoder that also reads an encoder's results, for tests of rows. Inputs: {@code
 * x [rows, new, 16]} and {@code e [rows, encoded, 16]}, of which a step brings no positions;
 * output: {@code y} like {@code x}, from causal attention over one cache and full attention over
 * another. Head sizes are those for which engines have operators of their own.
 */
final class RowFixture implements AutoCloseable {
  static final int CAPACITY = 9;
  static final int ENCODED = 5;

  private static final int HEADS = 2;
  private static final int HEAD_DIM = 8;
  private static final int WIDTH = HEADS * HEAD_DIM;
  private static final Map<String, Integer> CAPACITIES =
      Map.of(State.SELF, CAPACITY, State.CROSS, ENCODED + 1);

  private final TestCheckpoint weights =
      TestCheckpoint.write(List.of(), TestCheckpoint.Layout.ALIGNED);
  private final CompiledGraph compiled;

  RowFixture(Backend backend) {
    compiled = backend.compile(graph(), weights, CompileOptions.DEFAULT);
  }

  private static Graph graph() {
    CaseGraph g = new CaseGraph("rows");
    Value x = heads(g, g.in("x", "rows,new,16"), "rows,new,2,8");
    Value encoded = heads(g, g.in("e", "rows,encoded,16"), "rows,encoded,2,8");
    KvCache self = cache(g, "self", State.SELF);
    KvCache cross = cache(g, "cross", State.CROSS);
    Value own = g.at().apply(Attention.cached(0.35, self), x, x, x);
    Attention full = new Attention(0.35, 0, false, 0, Attention.Grouping.NONE, false, cross);
    Value mixed = g.at().add(own, g.at().apply(full, own, encoded, encoded));
    g.out("y", g.at().reshape(mixed, CaseGraph.dims("rows,new,16")));
    return g.build();
  }

  private static Value heads(CaseGraph g, Value flat, String shape) {
    return g.at().reshape(flat, CaseGraph.dims(shape));
  }

  private static KvCache cache(CaseGraph g, String name, String group) {
    return new KvCache(
        g.state(name + ".key", HEADS, HEAD_DIM, group),
        g.state(name + ".value", HEADS, HEAD_DIM, group));
  }

  GraphSession open(int rows) {
    return compiled.openSession(new SessionOptions(rows, CAPACITIES));
  }

  /**
   * Runs the first positions of rows, each told apart by a number.
   *
   * @param count number of positions
   * @param seeds what each row is made of
   */
  static Tensor read(GraphSession session, int count, int... seeds) {
    return run(session, count, ENCODED, seeds);
  }

  /** Runs further positions of rows. */
  static Tensor step(GraphSession session, int count, int... seeds) {
    return run(session, count, 0, seeds);
  }

  private static Tensor run(GraphSession session, int count, int encoded, int... seeds) {
    Map<String, Tensor> inputs =
        Map.of("x", rows(count, 0.9, seeds), "e", rows(encoded, 1.7, seeds));
    return Objects.requireNonNull(session.run(inputs, Set.of("y")).get("y"));
  }

  private static Tensor rows(int count, double pace, int... seeds) {
    float[] elements = new float[seeds.length * count * WIDTH];
    for (int i = 0; i < elements.length; i++) {
      int seed = seeds[i / (count * WIDTH)];
      elements[i] = (float) (2 * Math.cos(pace * (i % (count * WIDTH)) + 2.3 * seed));
    }
    return Tensor.of(elements, seeds.length, count, WIDTH);
  }

  @Override
  public void close() {
    compiled.close();
    weights.close();
  }
}

package dev.vlm4j.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.op.Unary;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultMemoryTest {
  private static final Dim STEPS = Dim.symbol("steps");

  @Test
  void aResultLivesUntilItsLastReader() {
    GraphBuilder graph = new GraphBuilder("chain");
    Scope at = graph.root();
    Value x = graph.input("x", DType.FLOAT, STEPS, Dim.fixed(10));
    Value once = at.unary(Unary.Function.EXP, x);
    Value twice = at.unary(Unary.Function.EXP, once);
    graph.output("y", at.add(twice, at.unary(Unary.Function.EXP, twice)));
    // x, then two results at a time, and at the end the two terms of the sum and the sum
    assertThat(elements(graph.build(), 100)).isEqualTo(1000 + 3 * 1000);
  }

  @Test
  void aViewTakesNothingAndKeepsItsSource() {
    GraphBuilder graph = new GraphBuilder("view");
    Scope at = graph.root();
    Value x = graph.input("x", DType.FLOAT, STEPS, Dim.fixed(10));
    Value view = at.reshape(at.unary(Unary.Function.EXP, x), STEPS, Dim.fixed(5), Dim.fixed(2));
    Value other = at.unary(Unary.Function.NEG, x);
    graph.output("y", at.add(view, at.reshape(other, STEPS, Dim.fixed(5), Dim.fixed(2))));
    assertThat(elements(graph.build(), 100)).isEqualTo(1000 + 3 * 1000);
  }

  @Test
  void attentionHasAScoreForEveryPair() {
    GraphBuilder graph = new GraphBuilder("attention");
    Value x = graph.input("x", DType.FLOAT, Dim.fixed(1), STEPS, Dim.fixed(2), Dim.fixed(4));
    graph.output("y", graph.root().apply(Attention.full(1), List.of(x, x, x)));
    long each = 100 * 2 * 4;
    assertThat(elements(graph.build(), 100)).isEqualTo(2 * each + 2 * 100 * 100);
  }

  private static long elements(Graph graph, int steps) {
    long[] sizes =
        graph.input("x").shape().dims().stream()
            .mapToLong(dim -> dim.isFixed() ? dim.size() : steps)
            .toArray();
    int count = 1;
    for (long size : sizes) {
      count = Math.toIntExact(count * size);
    }
    return ResultMemory.of(graph, Map.of("x", Tensor.of(new float[count], sizes)), 0).elements();
  }

  @Test
  void tablesThatAreReadInPlaceBecomeResidentByRowsOnly() {
    GraphBuilder graph = new GraphBuilder("text");
    Scope at = graph.root();
    Value ids = graph.input("ids", DType.INT, STEPS);
    Value rows = at.gather(at.weight("table", 1000, 8), 0, ids);
    graph.output("y", at.linear(rows, at.weight("matrix", 4, 8)));
    Map<String, StoredTensor> tensors =
        Map.of("table", stored("table", 1000, 8), "matrix", stored("matrix", 4, 8));
    MemoryEstimate estimate = MemoryEstimate.of(List.of(graph.build()), tensors, 10);
    assertThat(estimate.weights(Precision.BF16, true)).isEqualTo(2 * 32);
    assertThat(estimate.weights(Precision.BF16, false)).isEqualTo(2 * 8032);
    assertThat(estimate.weights(Precision.FP32, true)).isEqualTo(4 * 32);
  }

  private static StoredTensor stored(String key, long rows, long columns) {
    return new StoredTensor(
        key, StorageType.BF16, Shape.fixed(rows, columns), Path.of("f"), 0, 2 * rows * columns);
  }
}

package dev.vlm4j.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.spi.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The places where TensorFlow's operations differ from the neutral ones. */
class TensorFlowLoweringTest {
  private static final Dim N = Dim.symbol("n");
  private static final Dim M = Dim.symbol("m");
  private static final Dim THREE = Dim.fixed(3);

  private static Value floats(GraphBuilder builder, Dim... dims) {
    return builder.input("x", DType.FLOAT, dims);
  }

  private static Value ints(GraphBuilder builder, String name, Dim... dims) {
    return builder.input(name, DType.INT, dims);
  }

  private static Map<String, Tensor> x(float[] values, long... sizes) {
    return Map.of("x", Tensor.of(values, sizes));
  }

  @Test
  void softmaxTakesAnyAxis() {
    Tensor y =
        SmallGraph.run(
            builder -> builder.root().softmax(floats(builder, N, THREE), 0),
            x(new float[] {0, 0, 0, 0, 0, (float) Math.log(3)}, 2, 3));
    assertThat(y.floats())
        .containsExactly(new float[] {0.5f, 0.5f, 0.25f, 0.5f, 0.5f, 0.75f}, within(1e-6f));
  }

  @Test
  void linearTakesAnyRank() {
    MemoryWeights weights =
        new MemoryWeights()
            .add("w", Shape.fixed(2, 3), 1, 2, 3, 4, 5, 6)
            .add("b", Shape.fixed(2), 10, 20);
    for (long[] sizes : new long[][] {{3}, {1, 3}, {1, 1, 3}}) {
      Dim[] dims = new Dim[sizes.length];
      for (int i = 0; i < dims.length; i++) {
        dims[i] = i == dims.length - 1 ? THREE : Dim.symbol("s" + i);
      }
      Tensor y = SmallGraph.run(b -> linear(b, dims), weights, x(new float[] {1, 1, 2}, sizes));
      assertThat(y.floats()).containsExactly(19, 41);
      assertThat(y.rank()).isEqualTo(sizes.length);
    }
    Tensor empty = SmallGraph.run(b -> linear(b, N, M, THREE), weights, x(new float[0], 2, 0, 3));
    assertThat(empty.sizes()).containsExactly(2, 0, 2);
  }

  private static Value linear(GraphBuilder builder, Dim... dims) {
    Scope root = builder.root();
    return root.linear(floats(builder, dims), root.weight("w", 2, 3), root.weight("b", 2));
  }

  @Test
  void scattersNoRows() {
    Tensor y =
        SmallGraph.run(
            builder ->
                builder
                    .root()
                    .scatterRows(
                        floats(builder, N, THREE),
                        ints(builder, "rows", M),
                        builder.input("updates", DType.FLOAT, M, THREE)),
            Map.of(
                "x", Tensor.of(new float[] {1, 2, 3}, 1, 3),
                "rows", Tensor.of(new int[0], 0),
                "updates", Tensor.of(new float[0], 0, 3)));
    assertThat(y.floats()).containsExactly(1, 2, 3);
  }

  @Test
  void rejectsAnIndexOutOfRange() {
    assertThatThrownBy(
            () ->
                SmallGraph.run(
                    builder -> {
                      Scope root = builder.root();
                      Value computed =
                          root.add(ints(builder, "rows", M), root.scalar(DType.INT, 1));
                      return root.gather(floats(builder, N, THREE), 0, computed);
                    },
                    Map.of("x", Tensor.of(new float[3], 1, 3), "rows", Tensor.of(new int[1], 1))))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ENGINE_FAILURE));
  }

  @Test
  void argMaxGivesTheFirstOfEquals() {
    float[] values = new float[100];
    values[17] = values[50] = values[99] = 2;
    Tensor y =
        SmallGraph.run(
            builder -> builder.root().argMax(floats(builder, Dim.fixed(1), N), 1),
            x(values, 1, 100));
    assertThat(y.ints()).containsExactly(17);
    assertThat(y.sizes()).containsExactly(1, 1);
  }

  @Test
  void measuresEverySymbolOfAShape() {
    Tensor y =
        SmallGraph.run(
            builder -> {
              Value x = floats(builder, N, M);
              Value moved = builder.root().reshape(x, M, Dim.fixed(1), N);
              return builder.root().expand(moved, M, Dim.fixed(2), N);
            },
            x(new float[] {1, 2, 3}, 1, 3));
    assertThat(y.sizes()).containsExactly(3, 2, 1);
    assertThat(y.floats()).containsExactly(1, 1, 2, 2, 3, 3);
  }

  @Test
  void measuresDerivedLengths() {
    Dim twice = N.times(2).plus(1);
    Tensor y =
        SmallGraph.run(
            builder -> builder.root().expand(floats(builder, N), twice, N),
            x(new float[] {7, 8}, 2));
    assertThat(y.sizes()).containsExactly(5, 2);
  }

  @Test
  void returnsAnInputOrAWeight() {
    assertThat(SmallGraph.run(b -> floats(b, N), x(new float[] {4}, 1)).floats())
        .containsExactly(4);
    MemoryWeights weights = new MemoryWeights().add("w", Shape.fixed(1), 5);
    assertThat(SmallGraph.run(b -> b.root().weight("w", 1), weights, Map.of()).floats())
        .containsExactly(5);
  }

  @Test
  void nativeFormsEqualTheExpansion() {
    Graph graph =
        SmallGraph.of(b -> b.root().apply(new Activation(Activation.Kind.RELU), floats(b, N)));
    for (boolean nativeForms : new boolean[] {false, true}) {
      Map<String, Tensor> inputs = x(new float[] {-1, 0, 2}, 3);
      assertThat(SmallGraph.run(graph, new MemoryWeights(), inputs, nativeForms).floats())
          .containsExactly(0, 0, 2);
    }
  }
}

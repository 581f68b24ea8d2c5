package dev.vlm4j.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.op.Conv2d;
import dev.vlm4j.spi.Tensor;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorFlowConvolutionOpsTest {
  private static final int SIDE = 5;

  private final Random random = new Random(3);

  @ParameterizedTest
  @CsvSource({
    "2, 4, 6, 3, 1, 1, 1", "1, 3, 4, 2, 2, 0, 1", "2, 4, 4, 3, 1, 1, 4", "1, 4, 8, 3, 2, 1, 4",
    "2, 4, 6, 3, 1, 2, 2", "1, 6, 3, 1, 1, 0, 3", "0, 4, 6, 3, 1, 1, 1", "0, 4, 4, 3, 1, 1, 4"
  })
  void equalsTheDefinition(
      int n, int in, int out, int kernel, int stride, int padding, int groups) {
    Conv2d op = new Conv2d(stride, padding, groups);
    float[] x = numbers(n * in * SIDE * SIDE);
    float[] weight = numbers(out * in / groups * kernel * kernel);
    float[] bias = numbers(out);
    Shape weightShape = Shape.fixed(out, in / groups, kernel, kernel);
    Tensor y =
        SmallGraph.run(
            builder ->
                builder
                    .root()
                    .conv2d(
                        op,
                        builder.input(
                            "x",
                            DType.FLOAT,
                            Dim.symbol("n"),
                            Dim.fixed(in),
                            Dim.fixed(SIDE),
                            Dim.fixed(SIDE)),
                        builder.root().weight("w", out, in / groups, kernel, kernel),
                        builder.root().weight("b", out)),
            new MemoryWeights().add("w", weightShape, weight).add("b", Shape.fixed(out), bias),
            Map.of("x", Tensor.of(x, n, in, SIDE, SIDE)));
    int side = (SIDE + 2 * padding - kernel) / stride + 1;
    assertThat(y.sizes()).containsExactly(n, out, side, side);
    for (int i = 0; i < y.count(); i++) {
      double expected = bias[i / (side * side) % out];
      int row = i / side % side * stride - padding;
      int column = i % side * stride - padding;
      int filter = i / (side * side) % out;
      int first = filter / (out / groups) * (in / groups);
      for (int c = 0; c < in / groups; c++) {
        int plane = (i / (side * side * out) * in + first + c) * SIDE;
        int taps = (filter * (in / groups) + c) * kernel;
        expected += products(x, plane, weight, taps, kernel, row, column);
      }
      assertThat((double) y.floats()[i]).isCloseTo(expected, within(1e-5));
    }
  }

  private static double products(
      float[] x, int plane, float[] weight, int taps, int kernel, int row, int column) {
    double sum = 0;
    for (int i = Math.max(0, -row); i < kernel && row + i < SIDE; i++) {
      for (int j = Math.max(0, -column); j < kernel && column + j < SIDE; j++) {
        sum += x[(plane + row + i) * SIDE + column + j] * weight[(taps + i) * kernel + j];
      }
    }
    return sum;
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }
}

package dev.vlm4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.MatMul;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Single precision is what it says. Engines have shorter formats for products on processors with
 * instructions for them, and choose their kernels by size, so that small cases do not show it.
 */
interface PrecisionTests {
  int ROWS = 96;
  int SHARED = 320;
  int COLUMNS = 256;

  /**
   * Sums reach 160 and single precision misses them by up to a ten-thousandth; brain floats would
   * by about a tenth, floats of ten bits by a hundredth.
   */
  double LARGEST_ERROR = 5e-4;

  /** Returns the backend that is examined. */
  BackendUnderTest subject();

  @Test
  default void multipliesLargeMatricesInSinglePrecision() {
    float[] a = waves(ROWS * SHARED, 0.37);
    float[] b = waves(COLUMNS * SHARED, 0.53);
    CaseGraph g = new CaseGraph("products");
    Value x = g.in("x", "rows," + SHARED);
    Value y = g.in("y", COLUMNS + "," + SHARED);
    g.out("linear", g.at().linear("proj", x, COLUMNS, false));
    g.out("product", g.at().apply(new MatMul(true), x, y));
    try (TestCheckpoint weights =
            TestCheckpoint.write(List.of(stored(b)), TestCheckpoint.Layout.ALIGNED);
        CompiledGraph compiled =
            subject().backend().compile(g.build(), weights, CompileOptions.DEFAULT);
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      Map<String, Tensor> inputs =
          Map.of("x", Tensor.of(a, ROWS, SHARED), "y", Tensor.of(b, COLUMNS, SHARED));
      Map<String, Tensor> results = session.run(inputs, Set.of("linear", "product"));
      results.values().forEach(result -> check(result.floats(), a, b));
    }
  }

  private static void check(float[] actual, float[] a, float[] b) {
    for (int i = 0; i < actual.length; i++) {
      double expected = 0;
      for (int k = 0; k < SHARED; k++) {
        expected += (double) a[i / COLUMNS * SHARED + k] * b[i % COLUMNS * SHARED + k];
      }
      assertThat((double) actual[i]).isCloseTo(expected, within(LARGEST_ERROR));
    }
  }

  private static StoredWeight stored(float[] elements) {
    ByteBuffer bytes = ByteBuffer.allocate(elements.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(elements);
    return new StoredWeight(
        "proj.weight", StorageType.F32, Shape.fixed(COLUMNS, SHARED), bytes.array());
  }

  private static float[] waves(int count, double step) {
    float[] elements = new float[count];
    for (int i = 0; i < count; i++) {
      elements[i] = (float) Math.sin(step * i * (1 + i % 7));
    }
    return elements;
  }
}

package dev.vlm4j.backend.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.Device;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that are large enough to be converted before the engine sees them. */
class OnnxConvertedWeightsTest {
  private static final int IN = 300;
  private static final int OUT = 400;
  private static final Shape SHAPE = Shape.fixed(OUT, IN);

  @TempDir Path folder;

  @Test
  void brainFloatsGiveTheResultsOfTheSameNumbersInSinglePrecision() {
    float[] numbers = numbers();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.intBitsToFloat(Float.floatToRawIntBits(numbers[i]) & 0xFFFF0000);
    }
    float[] expected = run(new FileWeights(folder).floats("fc.weight", SHAPE, numbers));
    assertThat(run(new FileWeights(folder).brainFloats("fc.weight", SHAPE, numbers)))
        .containsExactly(expected);
  }

  @Test
  void doublesAreRounded() {
    float[] numbers = numbers();
    float[] expected = run(new FileWeights(folder).floats("fc.weight", SHAPE, numbers));
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      bytes.putDouble(number);
    }
    FileWeights doubles =
        new FileWeights(folder).add("fc.weight", StorageType.F64, SHAPE, bytes.array());
    assertThat(run(doubles)).containsExactly(expected);
  }

  private static float[] numbers() {
    Random random = new Random(4);
    float[] numbers = new float[IN * OUT];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  private static float[] run(FileWeights weights) {
    float[] ones = new float[2 * IN];
    Arrays.fill(ones, 1);
    try (Backend backend = new OnnxBackendProvider().create(new BackendOptions(2, Device.CPU));
        CompiledGraph compiled = backend.compile(linear(), weights, CompileOptions.DEFAULT);
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      Tensor x = Tensor.of(ones, 2, IN);
      return session.run(Map.of("x", x), Set.of("y")).get("y").floats();
    }
  }

  private static Graph linear() {
    GraphBuilder builder = new GraphBuilder("test");
    Value x = builder.input("x", DType.FLOAT, Dim.symbol("n"), Dim.fixed(IN));
    builder.output("y", builder.root().linear("fc", x, OUT, false));
    return builder.build();
  }
}

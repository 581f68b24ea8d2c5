package dev.vlm4j.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row alone takes another way through the engine than several rows on some processors. */
class RowProductsTest {
  /** Sums of so many small integers are exact in brain floats. */
  private static final int IN = 96;

  private static final int OUT = 40;

  private final Random random = new Random(5);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void areThoseOfTheSameRowAmongOthers(boolean bias) throws IOException {
    float[] x = integers(3 * IN);
    try (Backend backend = new DjlBackendProvider().create(BackendOptions.DEFAULT);
        CompiledGraph compiled =
            backend.compile(linear(bias), weights(), new CompileOptions(Precision.BF16, true));
        GraphSession session = compiled.openSession(SessionOptions.STATELESS)) {
      float[] together = run(session, x);
      for (int row = 0; row < 3; row++) {
        float[] alone = run(session, Arrays.copyOfRange(x, row * IN, (row + 1) * IN));
        assertThat(alone).isEqualTo(Arrays.copyOfRange(together, row * OUT, (row + 1) * OUT));
      }
      assertThat(run(session, new float[0])).isEmpty();
    }
  }

  private WeightFile weights() throws IOException {
    return new WeightFile(Files.createFile(folder.resolve("w")), 0)
        .add("fc.weight", StorageType.BF16, integers(OUT * IN), OUT, IN)
        .add("fc.bias", StorageType.BF16, integers(OUT), OUT);
  }

  private float[] integers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(3) - 1;
    }
    return numbers;
  }

  private static float[] run(GraphSession session, float[] x) {
    Tensor rows = Tensor.of(x, 1, x.length / IN, IN);
    return session.run(Map.of("x", rows), Set.of("y")).get("y").floats();
  }

  private static Graph linear(boolean bias) {
    GraphBuilder builder = new GraphBuilder("test");
    Value x = builder.input("x", DType.FLOAT, Dim.fixed(1), Dim.symbol("n"), Dim.fixed(IN));
    builder.output("y", builder.root().linear("fc", x, OUT, bias));
    return builder.build();
  }
}

package dev.vlm4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Value;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputCheckTest {
  private static final Dim N = Dim.symbol("n");
  private final Graph graph = graph();
  private final Map<String, Tensor> inputs = new HashMap<>();

  InputCheckTest() {
    inputs.put("ids", Tensor.of(new int[3], 3));
    inputs.put("x", Tensor.of(new float[6], 3, 2));
    inputs.put("twice", Tensor.of(new float[6], 6));
  }

  private static Graph graph() {
    GraphBuilder builder = new GraphBuilder("g");
    builder.input("twice", DType.FLOAT32, N.times(2));
    builder.input("ids", DType.INT, N);
    builder.output("y", builder.input("x", DType.FLOAT, N, Dim.fixed(2)));
    return builder.build();
  }

  private void assertRefused(String... reasons) {
    assertThatThrownBy(() -> InputCheck.symbols(graph, inputs))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageStartingWith("wrong inputs for the graph g: ")
        .satisfies(e -> assertThat(e.getMessage()).contains(reasons));
  }

  @Test
  void returnsTheValuesOfSymbols() {
    assertThat(InputCheck.symbols(graph, inputs)).containsExactly(Map.entry("n", 3L));
  }

  @Test
  void acceptsEmptyAxes() {
    inputs.put("ids", Tensor.of(new int[0], 0));
    inputs.put("x", Tensor.of(new float[0], 0, 2));
    inputs.put("twice", Tensor.of(new float[0], 0));
    assertThat(InputCheck.symbols(graph, inputs)).containsEntry("n", 0L);
  }

  @Test
  void listsMissingSurplusAndMisshapenInputsTogether() {
    inputs.remove("ids");
    inputs.put("extra", Tensor.of(new int[1]));
    inputs.put("x", Tensor.of(new float[9], 3, 3));
    assertRefused(
        "ids is missing", "extra is no input of the graph", "x must be FLOAT[n, 2]", "[3, 3]");
  }

  @Test
  void refusesOtherElementTypesAndRanks() {
    inputs.put("ids", Tensor.of(new float[3], 3));
    inputs.put("x", Tensor.of(new float[6], 6));
    assertRefused("ids must be INT[n], got FLOAT32[3]", "x must be FLOAT[n, 2], got FLOAT32[6]");
  }

  @Test
  void refusesSymbolsThatDisagree() {
    inputs.put("ids", Tensor.of(new int[4], 4));
    assertRefused("n=");
  }

  @Test
  void refusesDerivedLengthsThatDisagree() {
    inputs.put("twice", Tensor.of(new float[5], 5));
    assertRefused("twice must have n*2 elements along axis 0, got FLOAT32[5]");
  }

  @Test
  void refusesIndicesOutsideOfTheAxisThatTheyPickFrom() {
    GraphBuilder builder = new GraphBuilder("g");
    Value ids = builder.input("ids", DType.INT, N);
    Value x = builder.input("x", DType.FLOAT, N, Dim.fixed(2));
    builder.output("y", builder.root().gather(x, 0, ids));
    Graph picks = builder.build();
    inputs.remove("twice");
    inputs.put("ids", Tensor.of(new int[] {0, 2, 1}, 3));
    assertThat(InputCheck.symbols(picks, inputs)).containsEntry("n", 3L);
    for (int outside : new int[] {3, -1}) {
      inputs.put("ids", Tensor.of(new int[] {0, outside, 1}, 3));
      assertThatThrownBy(() -> InputCheck.symbols(picks, inputs))
          .isInstanceOf(VlmException.class)
          .hasMessageContaining("ids has the index " + outside + " of an axis of 3 elements");
    }
  }
}

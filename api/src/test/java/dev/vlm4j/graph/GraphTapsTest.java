package dev.vlm4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.GraphException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTapsTest {
  private static final Graph GRAPH = block();

  /** A layer around a module of its own, with a comparison and a literal in between. */
  private static Graph block() {
    GraphBuilder builder = new GraphBuilder("stage");
    Value x = builder.input("x", DType.FLOAT, Dim.symbol("n"), Dim.fixed(2));
    Scope layer = builder.root().at("layer");
    Value before = layer.add(layer.mul(x, 2), x);
    Value inner = layer.at("inner").linear(before, layer.at("inner").weight("weight", 2, 2));
    Value larger = layer.less(before, inner);
    Value after = layer.select(larger, inner, before);
    builder.output("y", builder.root().at("head").add(after, 1));
    return builder.build();
  }

  private static List<String> tapped(GraphTaps taps) {
    return taps.nodes().values().stream().map(Node::scope).toList();
  }

  @Test
  void tapsTheLastFloatsOfEveryVisitToAScope() {
    GraphTaps taps = GraphTaps.atScopes(GRAPH);

    assertThat(tapped(taps)).containsExactly("layer", "layer.inner", "layer", "head");
    assertThat(taps.nodes().values())
        .extracting(node -> node.op().getClass().getSimpleName())
        .containsExactly("Binary", "Linear", "Select", "Binary");
    assertThat(taps.graph().outputs().keySet()).containsExactly("tap0", "tap1", "tap2", "tap3");
    assertThat(taps.graph().nodes()).isEqualTo(GRAPH.nodes());
    assertThat(GRAPH.outputs().keySet()).containsExactly("y");
  }

  @Test
  void tapsChosenScopesOnly() {
    assertThat(tapped(GraphTaps.atScopes(GRAPH, path -> path.endsWith("inner"))))
        .containsExactly("layer.inner");
    assertThatThrownBy(() -> GraphTaps.atScopes(GRAPH, path -> path.equals("nowhere")))
        .isInstanceOfSatisfying(
            GraphException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.GRAPH_INVALID))
        .hasMessageContaining("graph has no output");
  }

  @Test
  void tapsEveryNodeOfFloatsButLiterals() {
    assertThat(tapped(GraphTaps.atNodes(GRAPH)))
        .containsExactly("layer", "layer", "layer.inner", "layer", "head");
  }

  @Test
  void namesTheFirstTapThatDiffersInTheOrderOfTheGraph() {
    GraphTaps taps = GraphTaps.atScopes(GRAPH);
    Map<String, Integer> expected = Map.of("tap0", 1, "tap1", 2, "tap2", 3, "tap3", 4);
    Map<String, Integer> actual = new HashMap<>(expected);

    assertThat(taps.firstDifference(expected, actual, Integer::equals)).isEmpty();
    actual.put("tap3", 0);
    actual.put("tap2", 0);
    assertThat(taps.firstDifference(expected, actual, Integer::equals)).contains("tap2");
  }

  @Test
  void refusesResultsOfAnotherGraph() {
    assertThatThrownBy(() -> GRAPH.withOutputs(block().outputs()))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("is not of this graph");
  }
}

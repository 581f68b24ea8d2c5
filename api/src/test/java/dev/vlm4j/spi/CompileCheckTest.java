package dev.vlm4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.GraphException;
import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CompileCheckTest {
  private static final GraphProblem PROBLEM = new GraphProblem("layers.0", "Pad[]", "too deep");

  /** An engine that has two precisions and cannot pad. */
  private record Engine(List<GraphProblem> problems) implements Backend {
    @Override
    public String name() {
      return "abacus";
    }

    @Override
    public String engineVersion() {
      return "1";
    }

    @Override
    public Set<Precision> precisions() {
      return Set.of(Precision.BF16, Precision.FP32);
    }

    @Override
    public Precision preferredPrecision(StorageType stored) {
      return Precision.FP32;
    }

    @Override
    public boolean supports(Capability capability) {
      return false;
    }

    @Override
    public List<GraphProblem> check(Graph graph, CompileOptions options) {
      return problems;
    }

    @Override
    public CompiledGraph compile(Graph graph, WeightSource weights, CompileOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private static Graph graph() {
    GraphBuilder builder = new GraphBuilder("vision");
    builder.output("y", builder.input("x", DType.FLOAT, Dim.fixed(1)));
    builder.output("z", builder.root().add(builder.input("w", DType.FLOAT, Dim.fixed(1)), 1));
    return builder.build();
  }

  @Test
  void namesThePrecisionsThatTheBackendHas() {
    CompileOptions options = new CompileOptions(Precision.INT4, true);

    assertThatThrownBy(() -> CompileCheck.require(new Engine(List.of()), graph(), options))
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECISION_UNSUPPORTED))
        .hasMessage(
            "the backend 'abacus' does not compute in int4 here; it supports: fp32, bf16."
                + " Choose one of these, or another backend");
  }

  @Test
  void listsWhatTheBackendCannotLower() {
    Engine engine = new Engine(List.of(PROBLEM));

    assertThatThrownBy(() -> CompileCheck.require(engine, graph(), CompileOptions.DEFAULT))
        .isInstanceOfSatisfying(
            GraphException.class, e -> assertThat(e.problems()).containsExactly(PROBLEM))
        .hasMessageContaining("the backend 'abacus' cannot run the graph vision:");
  }

  @Test
  void acceptsWhatTheBackendHas() {
    CompileCheck.require(new Engine(List.of()), graph(), new CompileOptions(Precision.BF16, false));
    OutputCheck.require(graph(), Set.of("z"));
  }

  @Test
  void namesOutputsThatTheGraphLacks() {
    Set<String> asked = new TreeSet<>(Set.of("y", "q", "p"));

    assertThatThrownBy(() -> OutputCheck.require(graph(), asked))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessage("the graph vision has no output [p, q]; there are: [y, z]");
  }
}

package dev.vlm4j.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.GraphException;
import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.CompositeExpansion;
import dev.vlm4j.graph.nn.KvCache;
import dev.vlm4j.graph.op.Composite;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
  private static final Dim N = Dim.symbol("n");
  private static final Dim TWO = Dim.fixed(2);

  private final GraphBuilder builder = new GraphBuilder("stage");
  private final Scope root = builder.root();

  private GraphException problems() {
    GraphException error = catchThrowableOfType(GraphException.class, builder::build);
    assertThat(error).as("building fails").isNotNull();
    assertThat(error.code()).isEqualTo(ErrorCode.GRAPH_INVALID);
    return error;
  }

  @Test
  void reportsAllProblemsAtOnceWithTheirScopes() {
    Value x = builder.input("x", DType.FLOAT, N, TWO);
    Value ids = builder.input("ids", DType.INT, N);
    Value bad = root.at("first").matMul(x, ids);
    root.at("second").at(3).softmax(ids, 0);
    builder.output("y", root.at("after").add(bad, bad));
    assertThat(problems().problems())
        .extracting(GraphProblem::scope)
        .containsExactly("first", "second.3");
    assertThat(problems())
        .hasMessageContaining("graph stage is invalid:")
        .hasMessageContaining("\n  first: MatMul[")
        .hasMessageContaining("\n  second.3: Softmax[axis=0]: needs a float, got INT[n]");
  }

  @Test
  void sameOperatorOnSameOperandsIsOneNode() {
    Value x = builder.input("x", DType.FLOAT, N);
    Value first = root.at("a").add(x, 1);
    assertThat(root.at("b").add(x, 1)).isSameAs(first);
    assertThat(root.add(x, 2)).isNotSameAs(first);
    builder.output("y", first);
    assertThat(builder.build().nodes()).hasSize(4);
  }

  @Test
  void refusesNamesThatAreDeclaredTwice() {
    Value x = builder.input("x", DType.FLOAT, N);
    builder.input("x", DType.FLOAT, TWO);
    builder.state("s", 1, 2, State.SELF);
    builder.state("s", 2, 2, State.SELF);
    root.at("w").weight("weight", 2);
    root.at("w").weight("weight", 3);
    builder.output("y", x);
    builder.output("y", x);
    assertThat(problems())
        .hasMessageContaining("<root>: input: name x is declared twice")
        .hasMessageContaining("state: s is declared twice")
        .hasMessageContaining("w.weight: weight: is wanted as FLOAT[2] and as FLOAT[3]")
        .hasMessageContaining("output: name y is declared twice");
  }

  @Test
  void refusesValuesOfAnotherGraph() {
    Value foreign = new GraphBuilder("other").input("x", DType.FLOAT, N);
    builder.output("y", root.at("here").mul(foreign, foreign));
    assertThat(problems()).hasMessageContaining("here: Binary").hasMessageContaining("not defined");
  }

  @Test
  void refusesOutputsOfAnotherGraph() {
    builder.output("y", new GraphBuilder("other").input("x", DType.FLOAT, N));
    assertThat(problems()).hasMessageContaining("output y: value %0 is not of this graph");
  }

  @Test
  void refusesToAppendTwiceToOneState() {
    State state = builder.state("s", 1, 2, State.SELF);
    Value x = builder.input("x", DType.FLOAT, Dim.symbol("rows"), N, Dim.fixed(1), TWO);
    builder.output("a", root.cacheAppend(state, x));
    builder.output("b", root.cacheAppend(state, root.mul(x, 2)));
    assertThat(problems()).hasMessageContaining("is appended to twice");
  }

  @Test
  void refusesStatesThatAreNotDeclared() {
    Value x = builder.input("x", DType.FLOAT, Dim.symbol("rows"), N, Dim.fixed(1), TWO);
    builder.output("a", root.cacheAppend(new State("s", 1, 2, State.SELF), x));
    assertThat(problems()).hasMessageContaining("is not declared");
  }

  @Test
  void refusesLengthsThatNoRunCouldFind() {
    Value x = builder.input("x", DType.FLOAT, Dim.fixed(1));
    builder.output("y", root.expand(x, Dim.symbol("nowhere")));
    assertThat(problems()).hasMessageContaining("length nowhere is neither");
  }

  @Test
  void refusesTruthValuesAtTheBorder() {
    Value flag = builder.input("flag", DType.BOOL, N);
    builder.output("y", root.not(flag));
    assertThat(problems())
        .hasMessageContaining("input flag: truth values cannot be handed over; compare inside")
        .hasMessageContaining("output y: truth values cannot be handed over; select");
  }

  @Test
  void refusesGraphsWithoutOutput() {
    assertThat(problems()).hasMessageContaining("graph has no output");
  }

  @Test
  void findsLengthsInOperandsFirst() {
    Value x = builder.input("x", DType.FLOAT, N.times(2), TWO);
    Value ids = builder.input("ids", DType.INT, N);
    Value flat = root.reshape(x, N.times(4));
    Value wide = root.expand(root.scalar(1), N.times(6));
    builder.output("y", flat);
    builder.output("z", wide);
    Graph graph = builder.build();
    Node reshape = graph.nodes().get(0);
    assertThat(DimSource.find(graph, reshape, N.times(2)))
        .get()
        .satisfies(source -> assertThat(source.value()).isEqualTo(x))
        .satisfies(source -> assertThat(source.isExact()).isTrue())
        .satisfies(source -> assertThat(source.length(8)).isEqualTo(8));
    assertThat(DimSource.find(graph, reshape, N.times(6)))
        .get()
        .satisfies(source -> assertThat(source.value()).isEqualTo(ids))
        .satisfies(source -> assertThat(source.length(2)).isEqualTo(12));
    assertThat(DimSource.find(graph, reshape, Dim.symbol("m"))).isEmpty();
  }

  @Test
  void printsStableText() {
    Value x = builder.input("x", DType.FLOAT, N, TWO);
    State state = builder.state("s", 1, 2, State.SELF);
    Value y = root.at("block").linear("proj", x, 3, true);
    builder.output("y", root.at("block").softmax(y, -1));
    builder.output(
        "past", root.cacheAppend(state, root.reshape(x, N, Dim.fixed(1), Dim.fixed(1), TWO)));
    assertThat(builder.build())
        .hasToString(
            """
            graph stage
              input  %0 x : FLOAT[n, 2]
              weight %1 block.proj.weight : FLOAT[3, 2]
              weight %2 block.proj.bias : FLOAT[3]
              State[name=s, heads=1, headDim=2, group=self]
              %3 = Linear[](%0, %1, %2) : FLOAT[n, 3]  # block.proj
              %4 = Softmax[axis=1](%3) : FLOAT[n, 3]  # block
              %5 = Reshape[shape=[n, 1, 1, 2]](%0) : FLOAT[n, 1, 1, 2]
              %6 = CacheAppend[state=State[name=s, heads=1, headDim=2, group=self]](%5)\
             : FLOAT[n, 1, cached_self, 2]
              output y = %4
              output past = %6
            """);
  }

  @Test
  void expansionKeepsInputsWeightsStatesAndOutputs() {
    Dim rows = Dim.symbol("rows");
    Value x = builder.input("x", DType.FLOAT, rows, N, Dim.fixed(1), TWO);
    Value unused = builder.input("unused", DType.INT, rows);
    Value weight = root.at("m").weight("weight", 2, 2);
    KvCache cache =
        new KvCache(builder.state("k", 1, 2, State.SELF), builder.state("v", 1, 2, State.SELF));
    Value mixed = root.at("m").apply(Attention.cached(0.5, cache), x, x, x);
    builder.output("second", root.at("m").linear(mixed, weight));
    builder.output("first", unused);
    Graph graph = builder.build();
    Graph expanded = CompositeExpansion.expand(graph, node -> false);
    assertThat(expanded.nodes()).noneMatch(node -> node.op() instanceof Composite);
    assertThat(expanded.inputs()).extracting(Value::name).containsExactly("x", "unused");
    assertThat(expanded.weights()).extracting(Value::name).containsExactly("m.weight");
    assertThat(expanded.states()).isEqualTo(graph.states());
    assertThat(expanded.outputs().keySet()).containsExactly("second", "first");
    assertThat(expanded.outputs().get("second").type()).isEqualTo(mixed.type());
    assertThat(expanded.nodes()).allMatch(n -> n.scope().isEmpty() || n.scope().equals("m"));
    assertThat(CompositeExpansion.expand(graph, node -> true)).isSameAs(graph);
  }

  @Test
  void unknownInputNamesAreErrors() {
    builder.output("y", builder.input("x", DType.FLOAT, N));
    Graph graph = builder.build();
    assertThatThrownBy(() -> graph.input("z")).hasMessage("graph has no input z");
  }
}

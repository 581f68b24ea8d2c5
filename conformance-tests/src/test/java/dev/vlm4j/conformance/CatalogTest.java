package dev.vlm4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.GatedActivation;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.graph.op.Compare;
import dev.vlm4j.graph.op.Composite;
import dev.vlm4j.graph.op.Logical;
import dev.vlm4j.graph.op.Op;
import dev.vlm4j.graph.op.Reduce;
import dev.vlm4j.graph.op.Unary;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cases leave nothing out. */
class CatalogTest {
  private static final List<Op> PRIMITIVES = ops(Catalog.operatorDefinitions());
  private static final List<Op> COMPOSITES = ops(Catalog.compositeDefinitions());

  private static List<Op> ops(List<ConformanceCase> cases) {
    return cases.stream()
        .map(ConformanceCase::graph)
        .map(Graph::nodes)
        .flatMap(List::stream)
        .map(Node::op)
        .toList();
  }

  @Test
  void everyPrimitiveHasACase() {
    Set<Class<?>> expected =
        Stream.of(Objects.requireNonNull(Op.class.getPermittedSubclasses()))
            .filter(type -> type != Composite.class)
            .collect(Collectors.toSet());
    assertThat(PRIMITIVES.stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(expected);
  }

  @Test
  void everyFunctionHasACase() {
    assertThat(PRIMITIVES)
        .containsAll(Stream.of(Unary.Function.values()).map(Unary::new).toList())
        .containsAll(Stream.of(Binary.Function.values()).map(Binary::new).toList())
        .containsAll(Stream.of(Compare.Relation.values()).map(Compare::new).toList())
        .containsAll(Stream.of(Logical.Function.values()).map(Logical::new).toList());
    assertThat(
            PRIMITIVES.stream()
                .filter(Reduce.class::isInstance)
                .map(op -> ((Reduce) op).function()))
        .contains(Reduce.Function.values());
    assertThat(COMPOSITES)
        .containsAll(Stream.of(Activation.Kind.values()).map(Activation::new).toList())
        .containsAll(Stream.of(Activation.Kind.values()).map(GatedActivation::new).toList());
  }

  @Test
  void everyCompositeHasACase() {
    assertThat(COMPOSITES.stream().filter(Composite.class::isInstance).map(Object::getClass))
        .extracting(Class::getSimpleName)
        .contains("LayerNorm", "RmsNorm", "Activation", "GatedActivation")
        .contains("RotaryAngles", "RotaryEmbedding", "Attention", "ChannelAttention");
    assertThat(
            COMPOSITES.stream()
                .filter(Attention.class::isInstance)
                .map(op -> ((Attention) op).grouping()))
        .contains(Attention.Grouping.values());
  }

  @Test
  void everyRecordingBelongsToACaseAndEveryCaseIsRecorded() {
    assertThat(names(Catalog.operatorDefinitions()))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(Catalog.operatorRecordings().names());
    assertThat(names(Catalog.compositeDefinitions()))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(Catalog.compositeRecordings().names());
  }

  private static List<String> names(List<ConformanceCase> cases) {
    return cases.stream().map(ConformanceCase::name).toList();
  }
}

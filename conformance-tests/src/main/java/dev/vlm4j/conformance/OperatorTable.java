package dev.vlm4j.conformance;

import dev.vlm4j.graph.op.Composite;
import dev.vlm4j.spi.OpSet;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the page that lists all operators, from their records and from the cases of the kit. */
final class OperatorTable {
  private static final String HEAD =
      """
      # Operators

      Generated from the records in `dev.vlm4j.graph.op` and `dev.vlm4j.graph.nn` and from the
      cases of the conformance kit. After a change run the tests of `conformance-tests` with
      `-Dvlm4j.updateDocs=true` and commit the result.

      Version of the set: %d. Every backend lowers every primitive; a composite expands to
      primitives, and a backend may give it a native form. Shapes, types and rules: Javadoc of the
      record.

      Element types: `FLOAT` has the precision that the graph is compiled for, `FLOAT32` always 32
      bits, `INT` is a 32-bit integer, `BOOL` a truth value.
      """;
  private static final String COLUMNS =
      "| operator | operands | result | attributes | cases |\n|---|---|---|---|---|\n";

  private OperatorTable() {}

  /** Returns the whole page in Markdown. */
  static String markdown() {
    Map<Class<?>, Integer> primitives = counts(Catalog.operatorDefinitions());
    primitives.keySet().removeIf(Composite.class::isAssignableFrom);
    Map<Class<?>, Integer> composites = counts(Catalog.compositeDefinitions());
    composites.keySet().removeIf(type -> !Composite.class.isAssignableFrom(type));
    return HEAD.formatted(OpSet.VERSION)
        + table("Primitives", primitives)
        + table("Composites", composites);
  }

  /** Returns in how many cases each operator occurs, by name. */
  private static Map<Class<?>, Integer> counts(List<ConformanceCase> cases) {
    Map<Class<?>, Integer> counts = new TreeMap<>(Comparator.comparing(Class::getSimpleName));
    for (ConformanceCase definition : cases) {
      definition.graph().nodes().stream()
          .map(node -> node.op().getClass())
          .distinct()
          .forEach(type -> counts.merge(type, 1, Integer::sum));
    }
    return counts;
  }

  private static String table(String title, Map<Class<?>, Integer> counts) {
    return "\n## %s (%d)\n\n".formatted(title, counts.size())
        + COLUMNS
        + counts.entrySet().stream()
            .map(entry -> row(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
  }

  private static String row(Class<?> type, int cases) {
    OperatorSignature signature = OperatorSignature.of(type);
    return "| `%s` | %s | %s | %s | %d |\n"
        .formatted(
            type.getSimpleName(),
            signature.operands(),
            signature.result(),
            attributes(type),
            cases);
  }

  private static String attributes(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(OperatorTable::attribute)
        .collect(Collectors.joining("; "));
  }

  private static String attribute(RecordComponent component) {
    Object[] constants = component.getType().getEnumConstants();
    boolean listed = constants != null && component.getType().isMemberClass();
    return "`"
        + component.getName()
        + "`"
        + (listed
            ? Arrays.stream(constants)
                .map(Object::toString)
                .collect(Collectors.joining(", ", " (", ")"))
            : "");
  }
}

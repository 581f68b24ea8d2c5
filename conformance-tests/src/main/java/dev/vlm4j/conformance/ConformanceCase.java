package dev.vlm4j.conformance;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.SessionOptions;
import java.util.function.Consumer;

/**
 * A graph whose inputs and results are recorded under the same name.
 *
 * @param name operator, attributes, element type; dots between
 * @param content declares inputs, applies operators and names outputs
 * @param session rows and capacities
 */
record ConformanceCase(String name, Consumer<CaseGraph> content, SessionOptions session) {
  Graph graph() {
    CaseGraph graph = new CaseGraph(name);
    content.accept(graph);
    return graph.build();
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.vlm4j.spi;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import java.util.List;
import java.util.Set;

/** Compares what a run is asked for with what the graph gives, for backends. */
public final class OutputCheck {
  private OutputCheck() {}

  /**
   * Refuses results that the graph does not have.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} listing all of them
   */
  public static void require(Graph graph, Set<String> outputs) {
    Set<String> known = graph.outputs().keySet();
    List<String> unknown = outputs.stream().filter(name -> !known.contains(name)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "the graph " + graph.name() + " has no output " + unknown + "; there are: " + known);
    }
  }
}

package dev.vlm4j.zoo.generation;

import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The compiled stages of a model; who compiled them closes them.
 *
 * @param vision from pictures to features
 * @param encoder from prompt and features to what the decoder reads; null without an encoder
 * @param decoder from tokens and features to logits
 */
public record Stages(Stage vision, @Nullable Stage encoder, Stage decoder) {
  /**
   * One compiled stage.
   *
   * @param graph its engine's form
   * @param outputs the names of its results
   */
  public record Stage(CompiledGraph graph, Set<String> outputs) {
    /** Keeps an immutable copy. */
    public Stage {
      outputs = Set.copyOf(outputs);
    }

    /** Runs a stage without states once for each of the inputs and joins the results. */
    Map<String, Tensor> run(List<Map<String, Tensor>> inputs) {
      List<Map<String, Tensor>> results = new ArrayList<>();
      try (GraphSession session = graph.openSession(SessionOptions.STATELESS)) {
        inputs.forEach(each -> results.add(session.run(each, outputs)));
      }
      return joined(results);
    }
  }

  /** Returns the results of several runs, at least one, joined along their first axis by name. */
  public static Map<String, Tensor> joined(List<Map<String, Tensor>> results) {
    if (results.size() == 1) {
      return results.get(0);
    }
    Map<String, Tensor> joined = new HashMap<>();
    for (String name : results.get(0).keySet()) {
      List<Tensor> parts =
          results.stream().map(result -> Objects.requireNonNull(result.get(name))).toList();
      joined.put(name, Tensor.joined(parts));
    }
    return joined;
  }

  /** Returns the session of the decoder. */
  GraphSession open(Map<String, Integer> capacities) {
    return decoder.graph().openSession(new SessionOptions(1, capacities));
  }
}

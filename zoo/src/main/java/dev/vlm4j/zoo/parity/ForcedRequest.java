package dev.vlm4j.zoo.parity;

import dev.vlm4j.graph.State;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.ProcessorTensor;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.zoo.generation.PreparedPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A request whose answer is given: every engine reads the same tokens, so that a difference in one
 * step is not the consequence of another choice before.
 *
 * @param adapter the model
 * @param prompt the prompt as tensors
 * @param answer the base's answer, at least one token
 */
record ForcedRequest(ModelAdapter adapter, PreparedPrompt prompt, List<Integer> answer) {
  /** Returns what the processor gives for the pictures, by name. */
  Map<String, Tensor> pixels() {
    return prompt.images().tensors().stream()
        .collect(Collectors.toMap(ProcessorTensor::name, ProcessorTensor::tensor));
  }

  /** A feed belongs to one request. */
  private RequestFeed feed() {
    return adapter.feed(prompt.ids(), prompt.images());
  }

  /** Returns the number of runs of the decoder: the prompt, and a step for all tokens but one. */
  int decoderRuns() {
    return answer.size();
  }

  /** Returns the results of every run of the vision stage. */
  List<Map<String, Tensor>> vision(CompiledGraph graph, Set<String> outputs) {
    return feed().vision().stream().map(inputs -> once(graph, inputs, outputs)).toList();
  }

  /** Returns the results of one run of the vision stage. */
  Map<String, Tensor> vision(CompiledGraph graph, int run, Set<String> outputs) {
    return once(graph, feed().vision().get(run), outputs);
  }

  /** Returns the results of the encoder. */
  Map<String, Tensor> encoder(
      CompiledGraph graph, Map<String, Tensor> vision, Set<String> outputs) {
    return once(graph, feed().encoder(vision), outputs);
  }

  private static Map<String, Tensor> once(
      CompiledGraph graph, Map<String, Tensor> inputs, Set<String> outputs) {
    try (GraphSession session = graph.openSession(SessionOptions.STATELESS)) {
      return session.run(inputs, outputs);
    }
  }

  /**
   * Runs the decoder over the prompt and then over the answer.
   *
   * @param features what the stages before gave
   * @param runs how many runs, at least 1
   * @param outputs which results to ask a run for; runs are counted from 0
   * @return the results of every run
   */
  List<Map<String, Tensor>> decoder(
      CompiledGraph graph,
      Map<String, Tensor> features,
      int runs,
      IntFunction<Set<String>> outputs) {
    RequestFeed feed = feed();
    List<Map<String, Tensor>> results = new ArrayList<>();
    SessionOptions options = new SessionOptions(1, feed.capacities(answer.size()));
    try (GraphSession session = graph.openSession(options)) {
      results.add(session.run(feed.prompt(features), outputs.apply(0)));
      for (int run = 1; run < runs; run++) {
        int[] token = {answer.get(run - 1)};
        int position = session.length(State.SELF, 0);
        results.add(session.run(feed.step(token, position), outputs.apply(run)));
      }
    }
    return results;
  }
}

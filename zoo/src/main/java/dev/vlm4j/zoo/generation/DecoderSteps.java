package dev.vlm4j.zoo.generation;

import dev.vlm4j.graph.State;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The decoder of one request, from ids to logits. For one thread.
 *
 * @param session holds what the decoder has read
 * @param feed gives its inputs
 * @param most how many positions of the prompt a run should read at most
 */
record DecoderSteps(GraphSession session, RequestFeed feed, int most) {
  private static final Set<String> OUTPUTS = Set.of(ModelAdapter.LOGITS);

  /** Reads the prompt and returns the logits of its one row. */
  float[] prompt(Map<String, Tensor> features) {
    List<Map<String, Tensor>> parts = feed.prompt(features, most);
    for (Map<String, Tensor> part : parts.subList(0, parts.size() - 1)) {
      session.run(part, OUTPUTS);
    }
    return logits(parts.get(parts.size() - 1));
  }

  /** Reads one id per row and returns the logits of all rows, one behind the other. */
  float[] step(int... tokenIds) {
    return logits(feed.step(tokenIds, session.length(State.SELF, 0)));
  }

  /** Continues with copies of rows; see {@link GraphSession#reorder}. */
  void reorder(int[] sources) {
    session.reorder(sources);
  }

  private float[] logits(Map<String, Tensor> inputs) {
    Tensor logits = session.run(inputs, OUTPUTS).get(ModelAdapter.LOGITS);
    return Objects.requireNonNull(logits, "logits were asked for").floats();
  }
}

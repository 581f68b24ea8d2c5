package dev.vlm4j.conformance.parity;

import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A decoder that computes single tokens one position too early.
 *
 * @param right the right decoder
 */
record FaultySteps(CompiledGraph right) implements CompiledGraph {
  private static final String POSITIONS = "position_ids";

  @Override
  public GraphSession openSession(SessionOptions options) {
    return new Session(right.openSession(options));
  }

  @Override
  public void close() {
    right.close();
  }

  private record Session(GraphSession right) implements GraphSession {
    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) {
      Map<String, Tensor> wrong = new HashMap<>(inputs);
      wrong.computeIfPresent(POSITIONS, (name, positions) -> earlier(positions));
      return right.run(wrong, outputs);
    }

    private static Tensor earlier(Tensor positions) {
      return positions.count() == 1
          ? Tensor.of(new int[] {positions.ints()[0] - 1}, positions.sizes())
          : positions;
    }

    @Override
    public int length(String group, int row) {
      return right.length(group, row);
    }

    @Override
    public void truncate(String group, int row, int length) {
      right.truncate(group, row, length);
    }

    @Override
    public void reorder(int[] sources) {
      right.reorder(sources);
    }

    @Override
    public void cancel() {
      right.cancel();
    }

    @Override
    public void close() {
      right.close();
    }
  }
}

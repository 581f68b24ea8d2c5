package dev.vlm4j.zoo.generation;

import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.Tensor;
import java.util.Map;
import java.util.Set;

/**
 * Hands everything on.
 *
 * @param session to that session
 * @param beforeRun called before every run
 */
record NotifyingSession(GraphSession session, Runnable beforeRun) implements GraphSession {
  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) {
    beforeRun.run();
    return session.run(inputs, outputs);
  }

  @Override
  public int length(String group, int row) {
    return session.length(group, row);
  }

  @Override
  public void truncate(String group, int row, int length) {
    session.truncate(group, row, length);
  }

  @Override
  public void reorder(int[] sources) {
    session.reorder(sources);
  }

  @Override
  public void cancel() {
    session.cancel();
  }

  @Override
  public void close() {
    session.close();
  }
}

package dev.vlm4j.conformance;

import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What PyTorch computed for one case.
 *
 * @param weights the checkpoint
 * @param steps runs and changes of the caches, in order
 */
record Recording(List<StoredWeight> weights, List<Step> steps) {

  /** One thing that is done with the session. */
  interface Step {
    /** Does it; returns the results of a run, null for other steps. */
    @Nullable Map<String, Tensor> apply(GraphSession session);
  }

  /** A run with the results that it must have. */
  record Run(Map<String, Tensor> inputs, Map<String, Tensor> outputs) implements Step {
    Run() {
      this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    @Override
    public Map<String, Tensor> apply(GraphSession session) {
      return session.run(inputs, outputs.keySet());
    }
  }

  /** Cuts the only row of a group. */
  record Truncate(String group, int length) implements Step {
    @Override
    public @Nullable Map<String, Tensor> apply(GraphSession session) {
      session.truncate(group, 0, length);
      return null;
    }
  }

  /** Rearranges the rows. */
  record Reorder(List<Integer> sources) implements Step {
    @Override
    public @Nullable Map<String, Tensor> apply(GraphSession session) {
      session.reorder(sources.stream().mapToInt(Integer::intValue).toArray());
      return null;
    }
  }

  List<Run> runs() {
    return steps.stream().filter(Run.class::isInstance).map(Run.class::cast).toList();
  }
}

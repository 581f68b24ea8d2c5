package dev.vlm4j.backend.djl;

import ai.djl.pytorch.jni.IValue;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.CacheLengths;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.InputCheck;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.spi.OutputCheck;
import dev.vlm4j.spi.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The caches of one use of a compiled graph. A step is not interrupted by {@link #cancel()}. */
final class DjlSession implements GraphSession {
  private final DjlCompiledGraph compiled;
  private final CacheLengths lengths;
  private final IValue states;
  private final LifetimeGate gate = new LifetimeGate("the session");

  /** Takes over the caches. */
  DjlSession(DjlCompiledGraph compiled, CacheLengths lengths, IValue states) {
    this.compiled = compiled;
    this.lengths = lengths;
    this.states = states;
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) {
    return use(() -> step(inputs, ordered(outputs)));
  }

  private Map<String, Tensor> step(Map<String, Tensor> inputs, List<String> outputs) {
    Map<String, Long> symbols = InputCheck.symbols(compiled.graph(), inputs);
    Map<String, Integer> added = compiled.growth().positions(symbols, lengths);
    Map<String, Tensor> results = compiled.run(inputs, outputs, states, lengths);
    added.forEach(lengths::advance);
    return results;
  }

  private List<String> ordered(Set<String> outputs) {
    OutputCheck.require(compiled.graph(), outputs);
    return compiled.graph().outputs().keySet().stream().filter(outputs::contains).toList();
  }

  @Override
  public int length(String group, int row) {
    return gate.use(() -> lengths.length(group, row));
  }

  @Override
  public void truncate(String group, int row, int length) {
    gate.use(
        () -> {
          lengths.truncate(group, row, length);
          return row;
        });
  }

  @Override
  public void reorder(int[] sources) {
    use(
        () -> {
          lengths.checkSources(sources);
          if (!lengths.isSameOrder(sources)) {
            long[] rows = Arrays.stream(sources).asLongStream().toArray();
            compiled.store().reorder(states, toCopy(sources), rows);
          }
          lengths.reorder(sources);
          return sources.length;
        });
  }

  /** Returns for every state how many positions have to be copied. */
  private long[] toCopy(int[] sources) {
    return compiled.graph().states().stream()
        .map(State::group)
        .mapToLong(group -> lengths.toCopy(group, sources))
        .toArray();
  }

  @Override
  public void cancel() {
    // a running step ends in its own time: TorchScript cannot be interrupted
  }

  private <T> T use(Supplier<T> call) {
    return gate.use(() -> compiled.use(call));
  }

  @Override
  public void close() {
    gate.close(states::close);
  }
}

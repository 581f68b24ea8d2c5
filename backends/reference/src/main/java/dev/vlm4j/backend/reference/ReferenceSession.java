package dev.vlm4j.backend.reference;

import dev.vlm4j.graph.State;
import dev.vlm4j.spi.CacheLengths;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.InputCheck;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Arrays for the caches; every row has its own, so rows of different length cost nothing. */
final class ReferenceSession implements GraphSession {
  private final LifetimeGate gate;
  private final ReferenceCompiledGraph compiled;
  private final CacheLengths lengths;
  private final Map<String, ReferenceCache> caches = new HashMap<>();
  private final AtomicBoolean cancelled = new AtomicBoolean();

  ReferenceSession(ReferenceCompiledGraph compiled, SessionOptions options) {
    this.compiled = compiled;
    this.gate = new LifetimeGate("the session of the graph " + compiled.graph().name());
    this.lengths = new CacheLengths(options, compiled.graph());
    for (State state : compiled.graph().states()) {
      caches.put(
          state.name(), new ReferenceCache(state, options.rows(), lengths.capacity(state.group())));
    }
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) {
    return use(() -> interpret(inputs, outputs));
  }

  private Map<String, Tensor> interpret(Map<String, Tensor> inputs, Set<String> outputs) {
    InputCheck.symbols(compiled.graph(), inputs);
    cancelled.set(false);
    ReferenceStateOps states = new ReferenceStateOps(lengths, caches);
    ReferenceInterpreter interpreter = new ReferenceInterpreter(compiled, inputs, states);
    interpreter.evaluate(compiled.nodesFor(outputs), cancelled::get);
    Map<String, Tensor> results = new LinkedHashMap<>();
    for (String name : outputs) {
      Tensor result = interpreter.value(compiled.graph().outputs().get(name));
      results.put(name, ReferenceTensors.copy(result));
    }
    states.commit();
    return results;
  }

  @Override
  public int length(String group, int row) {
    return use(() -> lengths.length(group, row));
  }

  @Override
  public void truncate(String group, int row, int length) {
    use(
        () -> {
          lengths.truncate(group, row, length);
          return row;
        });
  }

  @Override
  public void reorder(int[] sources) {
    use(
        () -> {
          lengths.reorder(sources);
          caches.values().forEach(cache -> cache.reorder(sources));
          return sources;
        });
  }

  @Override
  public void cancel() {
    cancelled.set(true);
  }

  @Override
  public void close() {
    gate.close(caches::clear);
  }

  private <T> T use(Supplier<T> call) {
    return gate.use(() -> compiled.use(call));
  }
}

package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.CacheGrowth;
import dev.vlm4j.spi.CacheLengths;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.InputCheck;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.spi.OutputCheck;
import dev.vlm4j.spi.Tensor;
import java.util.Map;
import java.util.Set;

/** The caches of one use of a graph, in variables of its own, and the lengths of their rows. */
final class TensorFlowSession implements GraphSession {
  private final TensorFlowCompiledGraph compiled;
  private final TensorFlowCaches caches;
  private final CacheLengths lengths;
  private final CacheGrowth growth;
  private final LifetimeGate gate;

  TensorFlowSession(
      TensorFlowCompiledGraph compiled, TensorFlowCaches caches, CacheLengths lengths) {
    this.compiled = compiled;
    this.caches = caches;
    this.lengths = lengths;
    this.growth = new CacheGrowth(compiled.program().graph());
    gate = new LifetimeGate("the session of the graph " + compiled.program().graph().name());
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) {
    return gate.use(() -> runOpen(inputs, outputs));
  }

  private Map<String, Tensor> runOpen(Map<String, Tensor> inputs, Set<String> outputs) {
    TensorFlowProgram program = compiled.program();
    Map<String, Long> symbols = InputCheck.symbols(program.graph(), inputs);
    OutputCheck.require(compiled.program().graph(), outputs);
    Map<String, Integer> added = growth.positions(symbols, lengths);
    Map<String, Tensor> results =
        compiled.use(
            "run the graph " + program.graph().name(),
            engine -> new TensorFlowRun(program, caches, lengths).run(engine, inputs, outputs));
    added.forEach(lengths::advance);
    return results;
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
    gate.use(
        () -> {
          lengths.checkSources(sources);
          if (!lengths.isSameOrder(sources)) {
            compiled.use(
                "reorder the rows of a session",
                engine -> caches.reorder(engine, sources, lengths));
          }
          lengths.reorder(sources);
          return sources;
        });
  }

  /** A step cannot be interrupted: it ends in its own time. */
  @Override
  public void cancel() {}

  @Override
  public void close() {
    gate.close(this::release);
  }

  private void release() {
    try {
      compiled.use("release the caches of a session", caches::destroy);
    } catch (VlmException e) {
      // closing the compiled graph has released the caches together with its engine
      if (e.code() != ErrorCode.CLOSED) {
        throw e;
      }
    } finally {
      caches.close();
    }
  }
}

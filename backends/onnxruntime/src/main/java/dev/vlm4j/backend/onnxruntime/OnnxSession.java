package dev.vlm4j.backend.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.CacheGrowth;
import dev.vlm4j.spi.CacheLengths;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.InputCheck;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.spi.OutputCheck;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One use of a compiled graph with its own caches. */
final class OnnxSession implements GraphSession {
  private final OnnxCompiledGraph compiled;
  private final Graph graph;
  private final CacheGrowth growth;
  private final CacheLengths lengths;
  private final OnnxCaches caches;
  private final OnnxControls controls;
  private final OnnxTensors tensors;
  private final LifetimeGate gate;
  private final Object runLock = new Object();
  private OrtSession.@Nullable RunOptions running;
  private boolean cancelled;

  OnnxSession(
      OnnxEngine engine,
      OnnxCompiledGraph compiled,
      Graph graph,
      CacheLengths lengths,
      OnnxCaches caches) {
    this.compiled = compiled;
    this.graph = graph;
    this.growth = new CacheGrowth(graph);
    this.lengths = lengths;
    this.caches = caches;
    this.controls = new OnnxControls(engine, lengths);
    this.tensors = new OnnxTensors(engine);
    this.gate = new LifetimeGate("the session of the graph " + graph.name());
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) {
    return use(
        () -> {
          Map<String, Long> symbols = InputCheck.symbols(graph, inputs);
          OutputCheck.require(graph, outputs);
          Map<String, Integer> added = growth.positions(symbols, lengths);
          Map<String, Tensor> results =
              feed(compiled.program(lengths, added), inputs, outputs, added);
          added.forEach(lengths::advance);
          return results;
        });
  }

  private Map<String, Tensor> feed(
      OnnxProgram program,
      Map<String, Tensor> inputs,
      Set<String> outputs,
      Map<String, Integer> added) {
    Map<String, OnnxTensor> fed = new HashMap<>();
    Map<String, OnnxTensor> pinned = new HashMap<>();
    List<OnnxTensor> temporary = new ArrayList<>();
    try {
      inputs.forEach(
          (name, tensor) -> {
            OnnxTensor input = tensors.feed(name, tensor);
            temporary.add(input);
            fed.put(OnnxModel.inputName(name), input);
          });
      controls.bind(program.controls(), added, fed);
      caches.bind(fed, pinned);
      return compute(program, fed, outputs, pinned);
    } finally {
      temporary.forEach(OnnxTensor::close);
    }
  }

  private Map<String, Tensor> compute(
      OnnxProgram program,
      Map<String, OnnxTensor> fed,
      Set<String> outputs,
      Map<String, OnnxTensor> pinned) {
    Set<String> requested = outputs.stream().map(OnnxModel::outputName).collect(Collectors.toSet());
    if (requested.isEmpty() && pinned.isEmpty()) {
      return Map.of();
    }
    OrtSession.RunOptions options = begin();
    try (OrtSession.Result result = program.run(fed, requested, pinned, options)) {
      Map<String, Tensor> read = new LinkedHashMap<>();
      for (String output : outputs) {
        read.put(output, OnnxTensors.read(result.get(OnnxModel.outputName(output)).orElseThrow()));
      }
      return read;
    } catch (VlmException e) {
      throw wasCancelled()
          ? new VlmException(e.code(), "the run of the graph " + graph.name() + " was cancelled", e)
          : e;
    } finally {
      end(options);
    }
  }

  private OrtSession.RunOptions begin() {
    synchronized (runLock) {
      OrtSession.RunOptions options =
          OnnxEngine.call("preparing a run", OrtSession.RunOptions::new);
      running = options;
      cancelled = false;
      return options;
    }
  }

  private void end(OrtSession.RunOptions options) {
    synchronized (runLock) {
      running = null;
      options.close();
    }
  }

  private boolean wasCancelled() {
    synchronized (runLock) {
      return cancelled;
    }
  }

  @Override
  public void cancel() {
    synchronized (runLock) {
      OrtSession.RunOptions options = running;
      if (options != null) {
        cancelled = true;
        OnnxEngine.call("cancelling a run", () -> terminate(options));
      }
    }
  }

  private static boolean terminate(OrtSession.RunOptions options) throws OrtException {
    options.setTerminate(true);
    return true;
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
          return length;
        });
  }

  @Override
  public void reorder(int[] sources) {
    use(
        () -> {
          lengths.checkSources(sources);
          if (!lengths.isSameOrder(sources)) {
            caches.reorder(sources);
          }
          if (sources.length != lengths.rows()) {
            controls.close(); // they have a number for every row
          }
          lengths.reorder(sources);
          return sources;
        });
  }

  private <T> T use(Supplier<T> call) {
    return gate.use(() -> compiled.use(call));
  }

  @Override
  public void close() {
    gate.close(
        () -> {
          controls.close();
          caches.close();
        });
  }
}

package dev.vlm4j.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.op.Constant;
import dev.vlm4j.spi.CacheGrowth;
import dev.vlm4j.spi.CacheLengths;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.StoredTensor;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.spi.WeightSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A graph as scripts, one for each set of wanted results, over one set of weights. */
final class DjlCompiledGraph implements CompiledGraph {
  private final TorchEngine engine;
  private final Graph graph;
  private final GraphTables tables;
  private final TorchTypes types;
  private final CacheGrowth growth;
  private final TensorStore store;
  private final LifetimeGate gate;
  private final Map<List<String>, ScriptModule> programs = new ConcurrentHashMap<>();

  private DjlCompiledGraph(TorchEngine engine, Graph graph, TorchTypes types) {
    this.engine = engine;
    this.graph = graph;
    this.tables = new GraphTables(graph);
    this.types = types;
    this.growth = new CacheGrowth(graph);
    this.gate = new LifetimeGate("the compiled graph " + graph.name());
    this.store = new TensorStore(engine, types);
  }

  /**
   * Binds weights and compiles the program for all results.
   *
   * @param graph a graph whose composites have native forms
   */
  static DjlCompiledGraph compile(
      TorchEngine engine, Graph graph, TorchTypes types, WeightSource weights) {
    List<StoredTensor> stored = WeightBinding.of(graph, weights);
    DjlCompiledGraph compiled = new DjlCompiledGraph(engine, graph, types);
    try {
      stored.forEach(compiled.store::addWeight);
      for (Constant constant : compiled.tables.constants()) {
        compiled.store.addConstant(constant);
      }
      compiled.program(List.copyOf(graph.outputs().keySet()));
      return compiled;
    } catch (RuntimeException e) {
      compiled.close();
      throw e;
    }
  }

  Graph graph() {
    return graph;
  }

  CacheGrowth growth() {
    return growth;
  }

  TensorStore store() {
    return store;
  }

  /** Keeps the weights while a session uses them. */
  <T> T use(Supplier<T> call) {
    return gate.use(call);
  }

  @Override
  public GraphSession openSession(SessionOptions options) {
    CacheLengths lengths = new CacheLengths(options, graph);
    return gate.use(
        () ->
            new DjlSession(
                this,
                lengths,
                store.newStates(options.rows(), graph.states(), options.capacities())));
  }

  /** Runs the program for the wanted results. */
  Map<String, Tensor> run(
      Map<String, Tensor> inputs, List<String> outputs, IValue states, CacheLengths lengths) {
    ScriptModule program = program(outputs);
    List<Tensor> ordered = graph.inputs().stream().map(input -> inputs.get(input.name())).toList();
    try (Arguments arguments = new Arguments(engine)) {
      IValue results =
          program.call(
              "run",
              arguments.own(store.weights()),
              arguments.own(store.constants()),
              arguments.of(ordered),
              states,
              arguments.of(past(lengths)),
              arguments.of(longest(lengths)),
              arguments.of(tables.groups().stream().allMatch(lengths::isUniform)));
      return read(arguments, arguments.own(results), outputs);
    }
  }

  private Map<String, Tensor> read(Arguments arguments, IValue results, List<String> outputs) {
    PtNDArray[] arrays = results.toTensorArray(arguments.manager());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      tensors.put(outputs.get(i), DjlTensors.toHost(arrays[i]));
    }
    return tensors;
  }

  private long[] past(CacheLengths lengths) {
    return tables.groups().stream()
        .flatMapToInt(group -> Arrays.stream(lengths.lengths(group)))
        .asLongStream()
        .toArray();
  }

  private long[] longest(CacheLengths lengths) {
    return tables.groups().stream().mapToLong(lengths::longest).toArray();
  }

  private ScriptModule program(List<String> outputs) {
    return programs.computeIfAbsent(
        outputs,
        wanted -> {
          String source = ProgramWriter.source(graph, tables, types, engine, wanted);
          return ScriptModule.load(engine, "Program", source, List.of());
        });
  }

  @Override
  public void close() {
    gate.close(
        () -> {
          programs.values().forEach(ScriptModule::close);
          store.close();
        });
  }
}

package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.CacheLengths;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.spi.SessionOptions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A graph as an ONNX model with its weights. Thread-safe. */
final class OnnxCompiledGraph implements CompiledGraph {
  /**
   * On a processor, attention over a cache computes the scores of all pairs of positions, later
   * ones too: with parts of a prompt it has less to do, and its scores stay near the processor.
   */
  private static final int MOST_POSITIONS = 256;

  private final OnnxEngine engine;
  private final Graph graph;
  private final OnnxNativeForms usual;
  private final OnnxProgram program;

  /** Groups of states that the engine's operator for grouped attention keeps. */
  private final Set<String> groupedStates;

  private final OnnxCompiler compiler;
  private final OnnxCacheOps cacheOps;
  private final LifetimeGate gate;

  /** Programs for steps that not every request has; each is compiled when the first one comes. */
  private final Map<OnnxNativeForms, OnnxProgram> rare = new EnumMap<>(OnnxNativeForms.class);

  private OnnxCompiledGraph(
      OnnxEngine engine, Graph graph, OnnxNativeForms usual, OnnxCompiler compiler) {
    this.engine = engine;
    this.graph = graph;
    this.usual = usual;
    this.program = compiler.compile(usual);
    this.groupedStates = usual.groupedStates(graph);
    this.compiler = compiler;
    this.cacheOps = new OnnxCacheOps(engine);
    this.gate = new LifetimeGate("the compiled graph " + graph.name());
  }

  /** Compiles the expansion of every composite; the graph takes over the compiler. */
  static OnnxCompiledGraph ofPrimitives(OnnxEngine engine, Graph graph, OnnxCompiler compiler) {
    return new OnnxCompiledGraph(engine, graph, OnnxNativeForms.NONE, compiler);
  }

  /** Compiles with the engine's own operators; the graph takes over the compiler. */
  static OnnxCompiledGraph ofNativeForms(OnnxEngine engine, Graph graph, OnnxCompiler compiler) {
    return new OnnxCompiledGraph(engine, graph, OnnxNativeForms.ALL, compiler);
  }

  @Override
  public GraphSession openSession(SessionOptions options) {
    return gate.use(
        () -> {
          CacheLengths lengths = new CacheLengths(options, graph);
          OnnxCaches caches = new OnnxCaches(cacheOps, lengths, program.states());
          return new OnnxSession(engine, this, graph, lengths, caches);
        });
  }

  /** Runs a use of the native resources. */
  <T> T use(Supplier<T> call) {
    return gate.use(call);
  }

  /**
   * Returns the program for a step.
   *
   * @param lengths what the caches hold before it
   * @param added by how many positions the caches of each group grow
   */
  OnnxProgram program(CacheLengths lengths, Map<String, Integer> added) {
    if (usual == OnnxNativeForms.NONE) {
      return program;
    } else if (added.entrySet().stream().anyMatch(group -> isOdd(lengths, group))) {
      return rare(OnnxNativeForms.ANY_STEP);
    }
    long positions = added.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    boolean few = lengths.rows() > 1 && OnnxNativeForms.areFew(lengths.rows() * positions);
    return few ? rare(OnnxNativeForms.FEW_ROWS) : program;
  }

  /** Returns whether the engine's operator for grouped attention cannot do such a step. */
  private boolean isOdd(CacheLengths lengths, Map.Entry<String, Integer> added) {
    String group = added.getKey();
    int positions = added.getValue();
    boolean continues = lengths.rows() > 1 && positions > 1 && lengths.longest(group) > 0;
    return groupedStates.contains(group) && (continues || positions == 0);
  }

  private synchronized OnnxProgram rare(OnnxNativeForms forms) {
    return rare.computeIfAbsent(forms, compiler::compile);
  }

  List<State> states() {
    return program.states();
  }

  @Override
  public int preferredPositions() {
    return engine.sharesMemory() ? MOST_POSITIONS : Integer.MAX_VALUE;
  }

  @Override
  public void close() {
    gate.close(this::release);
  }

  private synchronized void release() {
    program.close();
    cacheOps.close();
    rare.values().forEach(OnnxProgram::close);
    compiler.close();
  }
}

package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.CacheLengths;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.spi.SessionOptions;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A graph as an ONNX model with its weights. Thread-safe. */
final class OnnxCompiledGraph implements CompiledGraph {
  /**
   * On a processor, attention over a cache computes the scores of all pairs of positions, later
   * ones too: with parts of a prompt it has less to do, and its scores stay near the processor.
   */
  private static final int MOST_POSITIONS = 256;

  private final OnnxEngine engine;
  private final Graph graph;
  private final OnnxProgram program;

  /** Groups of states that the engine's operator for grouped attention keeps. */
  private final Set<String> groupedStates;

  private final OnnxCompiler compiler;
  private final OnnxCacheOps cacheOps;
  private final LifetimeGate gate;
  private @Nullable OnnxProgram anyStep;

  private OnnxCompiledGraph(
      OnnxEngine engine,
      Graph graph,
      OnnxProgram program,
      Set<String> groupedStates,
      OnnxCompiler compiler) {
    this.engine = engine;
    this.graph = graph;
    this.program = program;
    this.groupedStates = groupedStates;
    this.compiler = compiler;
    this.cacheOps = new OnnxCacheOps(engine);
    this.gate = new LifetimeGate("the compiled graph " + graph.name());
  }

  /** Compiles the expansion of every composite; the graph takes over the compiler. */
  static OnnxCompiledGraph ofPrimitives(OnnxEngine engine, Graph graph, OnnxCompiler compiler) {
    OnnxProgram program = compiler.compile(OnnxNativeForms.NONE);
    return new OnnxCompiledGraph(engine, graph, program, Set.of(), compiler);
  }

  /** Compiles with the engine's own operators; the graph takes over the compiler. */
  static OnnxCompiledGraph ofNativeForms(OnnxEngine engine, Graph graph, OnnxCompiler compiler) {
    OnnxProgram program = compiler.compile(OnnxNativeForms.ALL);
    Set<String> grouped = OnnxNativeForms.groupedStates(graph);
    return new OnnxCompiledGraph(engine, graph, program, grouped, compiler);
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
   * @param newPositions by how much they grow
   */
  OnnxProgram program(CacheLengths lengths, String group, int newPositions) {
    boolean continues = lengths.rows() > 1 && newPositions > 1 && lengths.longest(group) > 0;
    return groupedStates.contains(group) && (continues || newPositions == 0) ? anyStep() : program;
  }

  OnnxProgram program() {
    return program;
  }

  /** Such steps are rare, so their program is compiled when the first one comes. */
  private synchronized OnnxProgram anyStep() {
    OnnxProgram compiled = anyStep;
    if (compiled == null) {
      compiled = compiler.compile(OnnxNativeForms.ANY_STEP);
      anyStep = compiled;
    }
    return compiled;
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
    if (anyStep != null) {
      anyStep.close();
    }
    compiler.close();
  }
}

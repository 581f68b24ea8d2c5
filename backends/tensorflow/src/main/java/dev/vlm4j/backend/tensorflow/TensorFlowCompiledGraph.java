package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.CacheLengths;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.GraphSession;
import dev.vlm4j.spi.LifetimeGate;
import dev.vlm4j.spi.SessionOptions;
import dev.vlm4j.spi.WeightSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** A TensorFlow graph and the TensorFlow session that holds its weights in variables. */
final class TensorFlowCompiledGraph implements CompiledGraph {
  /** Attention keeps the scores of all pairs of positions: parts of a prompt bound its memory. */
  private static final int MOST_POSITIONS = 256;

  /** Makes a run use the thread of its caller, which spares two changes of thread per operation. */
  private static final int CALLERS_THREAD = -1;

  private final TensorFlowProgram program;
  private final Session engine;
  private final TensorFlowVariables.Handles handles;
  private final LifetimeGate gate;
  private final AtomicLong sessions = new AtomicLong();

  private TensorFlowCompiledGraph(
      TensorFlowProgram program, Session engine, TensorFlowVariables.Handles handles) {
    this.program = program;
    this.engine = engine;
    this.handles = handles;
    gate = new LifetimeGate("the compiled graph " + program.graph().name());
  }

  static TensorFlowCompiledGraph compile(Graph graph, WeightSource source, BackendOptions options) {
    TensorFlowWeights weights = TensorFlowWeights.locate(graph, source);
    return TensorFlowFailures.translate(
        "compile the graph " + graph.name(), () -> open(graph, weights, options));
  }

  private static TensorFlowCompiledGraph open(
      Graph graph, TensorFlowWeights weights, BackendOptions options) {
    org.tensorflow.Graph target = new org.tensorflow.Graph();
    try {
      TensorFlowProgram program = TensorFlowProgram.of(graph, target, weights);
      return load(program, weights, new Session(target, configuration(options)));
    } catch (RuntimeException | OutOfMemoryError e) {
      target.close();
      throw e;
    }
  }

  private static TensorFlowCompiledGraph load(
      TensorFlowProgram program, TensorFlowWeights weights, Session engine) {
    try {
      TensorFlowVariables.Handles handles = program.variables().handles(engine);
      weights.load(engine, program.variables(), handles);
      return new TensorFlowCompiledGraph(program, engine, handles);
    } catch (RuntimeException | OutOfMemoryError e) {
      engine.close();
      throw e;
    }
  }

  /**
   * TensorFlow's rewriting of graphs is off: it reorders arithmetic and costs time per signature.
   */
  private static ConfigProto configuration(BackendOptions options) {
    RewriterConfig rewriter = RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(options.threads())
        .setInterOpParallelismThreads(CALLERS_THREAD)
        .putDeviceCount("GPU", 0)
        .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriter))
        .build();
  }

  TensorFlowProgram program() {
    return program;
  }

  /** Runs a use of the engine while this graph is open. */
  <T> T use(String what, Function<Session, T> call) {
    return gate.use(() -> TensorFlowFailures.translate(what, () -> call.apply(engine)));
  }

  @Override
  public GraphSession openSession(SessionOptions options) {
    CacheLengths lengths = new CacheLengths(options, program.graph());
    String owner = "session" + sessions.getAndIncrement();
    TensorFlowCaches caches =
        use(
            "allocate the caches of a session",
            session ->
                TensorFlowCaches.allocate(
                    session, program, options, state -> handles.of(owner + ":" + state.name())));
    return new TensorFlowSession(this, caches, lengths);
  }

  @Override
  public int preferredPositions() {
    return MOST_POSITIONS;
  }

  @Override
  public void close() {
    gate.close(
        () -> {
          engine.close();
          program.target().close();
        });
  }
}

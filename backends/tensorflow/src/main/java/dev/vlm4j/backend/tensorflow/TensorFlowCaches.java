package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.State;
import dev.vlm4j.spi.CacheLengths;
import dev.vlm4j.spi.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.types.TString;

/** The variables that hold the caches of one session. */
final class TensorFlowCaches implements AutoCloseable {
  private record Variable(State state, byte[] handle) {}

  private final TensorFlowVariables operations;
  private final List<Variable> variables = new ArrayList<>();
  private final @Nullable TString handles;

  private TensorFlowCaches(TensorFlowProgram program, Function<State, byte[]> handleOf) {
    operations = program.variables();
    for (State state : program.graph().states()) {
      variables.add(new Variable(state, handleOf.apply(state)));
    }
    handles = variables.isEmpty() ? null : serialised();
  }

  private TString serialised() {
    return TensorFlowTensors.bytes(variables.stream().map(Variable::handle).toArray(byte[][]::new));
  }

  /** Allocates all caches, empty, or none if one cannot be allocated. */
  static TensorFlowCaches allocate(
      Session engine,
      TensorFlowProgram program,
      SessionOptions options,
      Function<State, byte[]> handleOf) {
    TensorFlowCaches caches = new TensorFlowCaches(program, handleOf);
    try {
      caches.variables.forEach(variable -> caches.allocate(engine, variable, options));
      return caches;
    } catch (RuntimeException | OutOfMemoryError e) {
      caches.destroy(engine);
      caches.close();
      throw e;
    }
  }

  /** Zeros, since what lies behind a row must be finite. */
  private void allocate(Session engine, Variable variable, SessionOptions options) {
    State state = variable.state();
    int capacity = options.capacities().getOrDefault(state.group(), 0);
    operations.fillWithZeros(
        engine, variable.handle(), capacity, options.rows(), state.heads(), state.headDim());
  }

  /** Feeds the serialised handles of all caches, in the order of the graph's states. */
  void feed(Session.Runner runner, Output<?> place) {
    if (handles != null) {
      runner.feed(place, handles);
    }
  }

  boolean isEmpty() {
    return variables.isEmpty();
  }

  /**
   * Copies rows.
   *
   * @param lengths what the rows hold before it
   */
  boolean reorder(Session engine, int[] sources, CacheLengths lengths) {
    boolean resized = sources.length != lengths.rows();
    for (Variable variable : variables) {
      String group = variable.state().group();
      int used = lengths.toCopy(group, sources);
      if (resized) {
        int unused = lengths.capacity(group) - used;
        operations.resize(engine, variable.handle(), sources, used, unused);
      } else if (used > 0) {
        operations.reorder(engine, variable.handle(), sources, used);
      }
    }
    return true;
  }

  boolean destroy(Session engine) {
    variables.forEach(variable -> operations.destroy(engine, variable.handle()));
    return true;
  }

  /** Releases the handles; the caches themselves are released by {@link #destroy}. */
  @Override
  public void close() {
    if (handles != null) {
      handles.close();
    }
  }
}

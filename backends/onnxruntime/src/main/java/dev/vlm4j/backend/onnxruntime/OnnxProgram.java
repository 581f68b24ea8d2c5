package dev.vlm4j.backend.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.vlm4j.graph.State;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model that the engine has compiled. Thread-safe. */
final class OnnxProgram implements AutoCloseable {
  private final List<OnnxControl> controls;
  private final List<State> states;
  private final OrtSession session;
  private final Map<String, OnnxTensor> weights;

  /**
   * Keeps a session.
   *
   * @param weights inputs that are the same in every run; the caller closes them
   */
  OnnxProgram(OnnxModel model, OrtSession session, Map<String, OnnxTensor> weights) {
    this.controls = model.controls();
    this.states = model.states();
    this.session = session;
    this.weights = Map.copyOf(weights);
  }

  List<OnnxControl> controls() {
    return controls;
  }

  List<State> states() {
    return states;
  }

  /**
   * Runs the model.
   *
   * @param inputs the inputs of this run; the weights are added
   * @param pinned outputs that are written to given tensors
   */
  OrtSession.Result run(
      Map<String, OnnxTensor> inputs,
      Set<String> requested,
      Map<String, OnnxTensor> pinned,
      OrtSession.RunOptions options) {
    inputs.putAll(weights);
    return OnnxEngine.call(
        "running a graph", () -> session.run(inputs, requested, pinned, options));
  }

  @Override
  public void close() {
    OnnxEngine.call(
        "closing a graph",
        () -> {
          session.close();
          return session;
        });
  }
}

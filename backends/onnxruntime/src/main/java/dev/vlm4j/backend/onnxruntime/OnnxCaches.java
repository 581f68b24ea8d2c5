package dev.vlm4j.backend.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.CacheLengths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The buffers of a session's caches. For one thread at a time. */
final class OnnxCaches implements AutoCloseable {
  private final OnnxCacheOps ops;
  private final CacheLengths lengths;
  private final Map<State, OnnxTensor> buffers = new LinkedHashMap<>();

  OnnxCaches(OnnxCacheOps ops, CacheLengths lengths, List<State> states) {
    this.ops = ops;
    this.lengths = lengths;
    try {
      states.forEach(state -> buffers.put(state, allocate(state)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private OnnxTensor allocate(State state) {
    int capacity = lengths.capacity(state.group());
    return ops.allocate(lengths.rows(), state.heads(), capacity, state.headDim());
  }

  /** Adds every buffer as an input and as an output of a run. */
  void bind(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
    buffers.forEach(
        (state, buffer) -> {
          inputs.put(OnnxModel.pastName(state), buffer);
          outputs.put(OnnxModel.presentName(state), buffer);
        });
  }

  void reorder(int[] sources) {
    buffers.forEach(
        (state, buffer) -> {
          int longest = lengths.longest(state.group());
          if (longest > 0) {
            ops.reorder(buffer, sources, longest);
          }
        });
  }

  @Override
  public void close() {
    buffers.values().forEach(OnnxTensor::close);
    buffers.clear();
  }
}

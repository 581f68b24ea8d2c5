package dev.vlm4j.backend.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.CacheLengths;
import java.util.Collection;
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
    buffers.putAll(allocate(states, lengths.rows()));
  }

  /** Returns buffers for all states, or none if one cannot be allocated. */
  private Map<State, OnnxTensor> allocate(Collection<State> states, int rows) {
    Map<State, OnnxTensor> allocated = new LinkedHashMap<>();
    try {
      for (State state : states) {
        int capacity = lengths.capacity(state.group());
        allocated.put(state, ops.allocate(rows, state.heads(), capacity, state.headDim()));
      }
      return allocated;
    } catch (RuntimeException e) {
      allocated.values().forEach(OnnxTensor::close);
      throw e;
    }
  }

  /** Adds every buffer as an input and as an output of a run. */
  void bind(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
    buffers.forEach(
        (state, buffer) -> {
          inputs.put(OnnxModel.pastName(state), buffer);
          outputs.put(OnnxModel.presentName(state), buffer);
        });
  }

  /** Copies rows in place, or to new buffers if their number changes. */
  void reorder(int[] sources) {
    if (sources.length == lengths.rows()) {
      copy(sources, buffers);
      return;
    }
    Map<State, OnnxTensor> resized = allocate(buffers.keySet(), sources.length);
    try {
      copy(sources, resized);
    } catch (RuntimeException e) {
      resized.values().forEach(OnnxTensor::close);
      throw e;
    }
    close();
    buffers.putAll(resized);
  }

  private void copy(int[] sources, Map<State, OnnxTensor> targets) {
    buffers.forEach(
        (state, buffer) -> {
          int positions = lengths.toCopy(state.group(), sources);
          OnnxTensor target = targets.get(state);
          if (positions > 0 && target != null) {
            ops.copyRows(buffer, sources, positions, target);
          }
        });
  }

  @Override
  public void close() {
    buffers.values().forEach(OnnxTensor::close);
    buffers.clear();
  }
}

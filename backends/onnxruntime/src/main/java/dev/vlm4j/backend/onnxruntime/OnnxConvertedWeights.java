package dev.vlm4j.backend.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/**
 * Weights converted to single precision, in memory of the engine, shared by all programs of a
 * compiled graph. The engine would convert them as well while it folds constants, but one after the
 * other and with copies between. Thread-safe.
 */
final class OnnxConvertedWeights implements AutoCloseable {
  /** Bounds how much of the files is mapped at a time, per thread. */
  private static final long PART_BYTES = 64L << 20;

  private final OnnxEngine engine;
  private final OnnxWeights weights;
  private final Map<String, OnnxTensor> tensors = new HashMap<>();
  private final List<OrtSession.Result> owners = new ArrayList<>();

  OnnxConvertedWeights(OnnxEngine engine, OnnxWeights weights) {
    this.engine = engine;
    this.weights = weights;
  }

  /** Returns converted weights by key, open as long as this; converts those that are missing. */
  Map<String, OnnxTensor> get(Collection<String> keys) {
    convert(missing(keys));
    synchronized (tensors) {
      Map<String, OnnxTensor> found = new HashMap<>(tensors);
      found.keySet().retainAll(keys);
      return found;
    }
  }

  private List<String> missing(Collection<String> keys) {
    synchronized (tensors) {
      return keys.stream().filter(key -> !tensors.containsKey(key)).toList();
    }
  }

  private void convert(List<String> keys) {
    if (keys.isEmpty()) {
      return;
    }
    ForkJoinPool pool = new ForkJoinPool(engine.threads());
    try {
      pool.submit(() -> parts(keys).parallelStream().forEach(this::convertPart)).join();
    } finally {
      pool.shutdown();
    }
  }

  private List<List<String>> parts(List<String> keys) {
    List<List<String>> parts = new ArrayList<>();
    long bytes = 0;
    for (String key : keys) {
      if (parts.isEmpty() || bytes + weights.bytes(key) > PART_BYTES) {
        parts.add(new ArrayList<>());
        bytes = 0;
      }
      parts.get(parts.size() - 1).add(key);
      bytes += weights.bytes(key);
    }
    return parts;
  }

  /** The results outlive the session, which unmaps the files when it closes. */
  private void convertPart(List<String> keys) {
    byte[] model = OnnxModel.serialise(weights.conversion(keys));
    OnnxEngine.call(
        "converting weights",
        () -> {
          try (OrtSession session =
              engine.compileExact(model, weights.dataRoot(), "the conversion of weights")) {
            keep(session.run(Map.of()));
            return keys;
          }
        });
  }

  private void keep(OrtSession.Result result) {
    synchronized (tensors) {
      owners.add(result);
      for (Map.Entry<String, OnnxValue> entry : result) {
        tensors.put(entry.getKey(), (OnnxTensor) entry.getValue());
      }
    }
  }

  @Override
  public void close() {
    synchronized (tensors) {
      owners.forEach(OrtSession.Result::close);
      owners.clear();
      tensors.clear();
    }
  }
}

package dev.vlm4j.backend.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import dev.vlm4j.graph.Graph;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the programs of one graph, which share the weights that had to be converted. Thread-safe.
 */
final class OnnxCompiler implements AutoCloseable {
  private final OnnxEngine engine;
  private final Graph graph;
  private final OnnxWeights weights;
  private final OnnxConvertedWeights converted;

  OnnxCompiler(OnnxEngine engine, Graph graph, OnnxWeights weights) {
    this.engine = engine;
    this.graph = graph;
    this.weights = weights;
    this.converted = new OnnxConvertedWeights(engine, weights);
  }

  OnnxProgram compile(OnnxNativeForms forms) {
    OnnxModel model = OnnxLowering.lower(graph, forms, weights);
    Map<String, OnnxTensor> given = new HashMap<>();
    converted
        .get(model.converted())
        .forEach((key, tensor) -> given.put(OnnxModel.convertedName(key), tensor));
    String what = "the graph " + graph.name();
    return new OnnxProgram(model, engine.compile(model.bytes(), weights.dataRoot(), what), given);
  }

  /** Releases the converted weights; the programs must be closed before. */
  @Override
  public void close() {
    converted.close();
  }
}

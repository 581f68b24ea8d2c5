package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.nn.Activation;
import org.tensorflow.Output;

/** Composites that TensorFlow has as one operation with the same result. */
final class TensorFlowCompositeOps {
  private static final Activation RELU = new Activation(Activation.Kind.RELU);

  private final TensorFlowGraphWriter writer;
  private final TensorFlowValues values;

  TensorFlowCompositeOps(TensorFlowGraphWriter writer, TensorFlowValues values) {
    this.writer = writer;
    this.values = values;
  }

  static boolean hasNativeForm(Node node) {
    return node.op().equals(RELU);
  }

  Output<?> nativeForm(Node node) {
    return writer.add("Relu", values.of(node, 0));
  }
}

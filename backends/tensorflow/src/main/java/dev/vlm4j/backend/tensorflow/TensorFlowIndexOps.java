package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.op.Gather;
import org.tensorflow.Output;

/** Operators that read or write by index; TensorFlow's CPU kernels reject indices out of range. */
final class TensorFlowIndexOps {
  private final TensorFlowGraphWriter writer;
  private final TensorFlowValues values;

  TensorFlowIndexOps(TensorFlowGraphWriter writer, TensorFlowValues values) {
    this.writer = writer;
    this.values = values;
  }

  Output<?> gather(Node node, Gather op) {
    return writer.add(
        "GatherV2", values.of(node, 0), values.of(node, 1), writer.constant(op.axis()));
  }

  Output<?> scatterRows(Node node) {
    Output<?> rows = writer.expandDims(values.of(node, 1), 1);
    return writer.add("TensorScatterUpdate", values.of(node, 0), rows, values.of(node, 2));
  }
}

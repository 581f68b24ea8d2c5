package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.op.ArgMax;
import dev.vlm4j.graph.op.Reduce;
import dev.vlm4j.graph.op.Softmax;
import java.util.stream.IntStream;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/** Operators that combine the elements along an axis. */
final class TensorFlowReductionOps {
  private final TensorFlowGraphWriter writer;
  private final TensorFlowValues values;

  TensorFlowReductionOps(TensorFlowGraphWriter writer, TensorFlowValues values) {
    this.writer = writer;
    this.values = values;
  }

  Output<?> reduce(Node node, Reduce op) {
    String type =
        switch (op.function()) {
          case SUM -> "Sum";
          case MEAN -> "Mean";
          case MAX -> "Max";
        };
    return TensorFlowGraphWriter.result(
        writer
            .operation(type, values.of(node, 0), writer.vector(op.axis()))
            .setAttr("keep_dims", true));
  }

  Output<?> argMax(Node node, ArgMax op) {
    Output<?> indices =
        TensorFlowGraphWriter.result(
            writer
                .operation("ArgMax", values.of(node, 0), writer.constant(op.axis()))
                .setAttr("output_type", DataType.DT_INT32));
    return writer.expandDims(indices, op.axis());
  }

  /** TensorFlow's softmax takes the last axis only. */
  Output<?> softmax(Node node, Softmax op) {
    int last = node.output().rank() - 1;
    if (op.axis() == last) {
      return writer.add("Softmax", values.of(node, 0));
    }
    int[] swap = swap(last + 1, op.axis(), last);
    Output<?> moved = writer.transpose(values.of(node, 0), swap);
    return writer.transpose(writer.add("Softmax", moved), swap);
  }

  private static int[] swap(int rank, int a, int b) {
    return IntStream.range(0, rank).map(axis -> axis == a ? b : axis == b ? a : axis).toArray();
  }
}

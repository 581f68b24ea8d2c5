package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.op.Concat;
import dev.vlm4j.graph.op.Expand;
import dev.vlm4j.graph.op.Iota;
import dev.vlm4j.graph.op.Pad;
import dev.vlm4j.graph.op.Permute;
import dev.vlm4j.graph.op.Reshape;
import dev.vlm4j.graph.op.Slice;
import java.util.Arrays;
import org.tensorflow.Output;

/** Operators that move elements without changing them. */
final class TensorFlowShapeOps {
  private final TensorFlowGraphWriter writer;
  private final TensorFlowValues values;

  TensorFlowShapeOps(TensorFlowGraphWriter writer, TensorFlowValues values) {
    this.writer = writer;
    this.values = values;
  }

  Output<?> reshape(Node node, Reshape op) {
    return writer.add("Reshape", values.of(node, 0), values.target(node, op.shape()));
  }

  Output<?> expand(Node node, Expand op) {
    return writer.add("BroadcastTo", values.of(node, 0), values.shape(node, op.shape()));
  }

  Output<?> permute(Node node, Permute op) {
    int[] axes = op.axes().stream().mapToInt(Integer::intValue).toArray();
    return writer.transpose(values.of(node, 0), axes);
  }

  Output<?> concat(Node node, Concat op) {
    Output<?>[] operands = node.inputs().stream().map(values::of).toArray(Output<?>[]::new);
    return operands.length == 1 ? operands[0] : writer.concat(op.axis(), operands);
  }

  Output<?> slice(Node node, Slice op) {
    int[] begin = new int[node.output().rank()];
    begin[op.axis()] = Math.toIntExact(op.start());
    int[] size = new int[begin.length];
    Arrays.fill(size, -1);
    if (op.end() != Slice.TO_END) {
      size[op.axis()] = Math.toIntExact(op.end() - op.start());
    }
    return writer.add("Slice", values.of(node, 0), writer.vector(begin), writer.vector(size));
  }

  Output<?> pad(Node node, Pad op) {
    int rank = node.output().rank();
    int[] paddings = new int[2 * rank];
    paddings[2 * op.axis()] = Math.toIntExact(op.before());
    paddings[2 * op.axis() + 1] = Math.toIntExact(op.after());
    Output<?> amounts = writer.constant(paddings, new long[] {rank, 2});
    return writer.add("Pad", values.of(node, 0), amounts);
  }

  Output<?> iota(Node node, Iota op) {
    return writer.range(values.length(node.input(0), op.axis()));
  }
}

package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.ArgMax;
import dev.vlm4j.graph.op.Gather;
import dev.vlm4j.graph.op.Iota;

/** Rules for operators that take or give positions. */
final class OnnxIndexOps {
  private final OnnxGraphWriter out;

  OnnxIndexOps(OnnxGraphWriter out) {
    this.out = out;
  }

  /**
   * A table that is stored in half the size stays as it is: only the rows that are picked are
   * converted.
   */
  String gather(Node node, Gather op) {
    Value data = node.input(0);
    String indices = out.name(node.input(1));
    if (data.kind() == Value.Kind.WEIGHT && !out.isSinglePrecision(data)) {
      return out.toFloat(gather(out.storedWeight(data), op.axis(), indices));
    }
    return gather(out.name(data), op.axis(), indices);
  }

  private String gather(String data, int axis, String indices) {
    return out.op("Gather").with("axis", axis).on(data, indices);
  }

  String scatterRows(Node node) {
    String rows = out.toLong(out.name(node.input(1)));
    String column = out.op("Unsqueeze").on(rows, out.longs(1));
    return out.op("ScatterND").on(out.name(node.input(0)), column, out.name(node.input(2)));
  }

  String iota(Node node, Iota op) {
    String length = out.toInt(out.length(node, node.input(0).dim(op.axis())));
    String count = out.op("Squeeze").on(length);
    return out.op("Range").on(out.scalar(DType.INT, 0), count, out.scalar(DType.INT, 1));
  }

  String argMax(Node node, ArgMax op) {
    String index =
        out.op("ArgMax").with("axis", op.axis()).with("keepdims", 1).on(out.name(node.input(0)));
    return out.toInt(index);
  }
}

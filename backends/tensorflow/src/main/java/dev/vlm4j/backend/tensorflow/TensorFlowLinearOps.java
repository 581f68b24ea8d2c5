package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.MatMul;
import org.tensorflow.Output;

/** Matrix products. */
final class TensorFlowLinearOps {
  private final TensorFlowGraphWriter writer;
  private final TensorFlowValues values;

  TensorFlowLinearOps(TensorFlowGraphWriter writer, TensorFlowValues values) {
    this.writer = writer;
    this.values = values;
  }

  /** All axes but the last become one, since the kernels for matrices are the fast ones. */
  Output<?> linear(Node node) {
    Value x = node.input(0);
    if (x.rank() == 2) {
      return withBias(node, product(values.of(x), values.of(node, 1)));
    }
    Output<?> flat = writer.add("Reshape", values.of(x), rows(x));
    Output<?> y = withBias(node, product(flat, values.of(node, 1)));
    return writer.add("Reshape", y, values.target(node, node.output().shape()));
  }

  /** Flattens to a matrix; the number of rows is open unless the last axis could be empty. */
  private Output<?> rows(Value x) {
    long in = x.dim(-1).isFixed() ? x.dim(-1).size() : 0;
    if (in > 0) {
      return writer.vector(-1, Math.toIntExact(in));
    }
    Output<?> count = writer.constant(1);
    for (int axis = 0; axis < x.rank() - 1; axis++) {
      count = writer.add("Mul", count, values.length(x, axis));
    }
    return writer.pack(0, count, values.length(x, x.rank() - 1));
  }

  private Output<?> product(Output<?> x, Output<?> weight) {
    return TensorFlowGraphWriter.result(
        writer.operation("MatMul", x, weight).setAttr("transpose_b", true));
  }

  private Output<?> withBias(Node node, Output<?> y) {
    return node.inputs().size() == 3 ? writer.add("BiasAdd", y, values.of(node, 2)) : y;
  }

  Output<?> matMul(Node node, MatMul op) {
    return TensorFlowGraphWriter.result(
        writer
            .operation("BatchMatMulV2", values.of(node, 0), values.of(node, 1))
            .setAttr("adj_y", op.transposeRight()));
  }
}

package dev.vlm4j.backend.djl;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.op.Conv2d;
import dev.vlm4j.graph.op.MatMul;

/** Rules for products. */
final class DjlMatrixOps {
  private final ScriptWriter out;

  DjlMatrixOps(ScriptWriter out) {
    this.out = out;
  }

  String linear(Node node) {
    if (!out.hasRowProducts()) {
      return "torch.linear(" + out.operands(node) + ")";
    }
    String none = node.inputs().size() == 3 ? "" : ", None";
    return "self.linear(" + out.operands(node) + none + ")";
  }

  String matMul(Node node, MatMul op) {
    String a = out.read(node.input(0));
    String b = out.read(node.input(1));
    return "torch.matmul("
        + a
        + ", "
        + (op.transposeRight() ? "torch.transpose(" + b + ", -2, -1)" : b)
        + ")";
  }

  /**
   * The general form, because the others may round to 10 bits of mantissa on a GPU: there, the last
   * argument is a setting of the process that a script cannot reach.
   */
  String conv2d(Node node, Conv2d op) {
    String bias = node.inputs().size() == 3 ? out.read(node.input(2)) : "None";
    return "torch._convolution("
        + String.join(
            ", ",
            out.read(node.input(0)),
            out.read(node.input(1)),
            bias,
            twice(op.stride()),
            twice(op.padding()),
            twice(1), // dilation
            "False, [0, 0]", // not transposed
            Integer.toString(op.groups()),
            "False, False, True, False") // benchmark, deterministic, cuDNN, short mantissas
        + ")";
  }

  private static String twice(int number) {
    return "[" + number + ", " + number + "]";
  }
}

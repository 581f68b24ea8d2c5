package dev.vlm4j.backend.djl;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.op.Gather;
import dev.vlm4j.graph.op.Iota;

/** Rules for constants, indices and what they pick. */
final class DjlIndexOps {
  private final ScriptWriter out;

  DjlIndexOps(ScriptWriter out) {
    this.out = out;
  }

  String constant(Node node) {
    return out.constant(node.output());
  }

  String iota(Node node, Iota op) {
    String count = out.length(node, node.input(0).dim(op.axis()));
    return "torch.arange("
        + count
        + ", dtype="
        + out.type(DType.INT)
        + ", device="
        + out.device()
        + ")";
  }

  String gather(Node node, Gather op) {
    String data = out.read(node.input(0));
    String indices = out.read(node.input(1));
    if (op.axis() == 0 && node.input(0).rank() == 2) {
      return "torch.embedding(" + data + ", " + indices + ")";
    }
    String picked =
        "torch.index_select(" + data + ", " + op.axis() + ", torch.reshape(" + indices + ", [-1]))";
    return node.input(1).rank() == 1
        ? picked
        : "torch.reshape(" + picked + ", " + out.sizes(node, node.output().shape()) + ")";
  }

  String scatterRows(Node node) {
    String data = out.read(node.input(0));
    String rest = out.read(node.input(1)) + ", " + out.read(node.input(2));
    return "torch.index_copy(" + data + ", 0, " + rest + ")";
  }
}

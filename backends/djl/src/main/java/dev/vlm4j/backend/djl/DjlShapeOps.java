package dev.vlm4j.backend.djl;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.op.Concat;
import dev.vlm4j.graph.op.Expand;
import dev.vlm4j.graph.op.Pad;
import dev.vlm4j.graph.op.Permute;
import dev.vlm4j.graph.op.Reshape;
import dev.vlm4j.graph.op.Slice;

/** Rules that move elements and compute nothing. */
final class DjlShapeOps {
  private final ScriptWriter out;

  DjlShapeOps(ScriptWriter out) {
    this.out = out;
  }

  String reshape(Node node, Reshape op) {
    return "torch.reshape(" + out.operands(node) + ", " + out.sizes(node, op.shape()) + ")";
  }

  String expand(Node node, Expand op) {
    return "torch.expand(" + out.operands(node) + ", " + out.sizes(node, op.shape()) + ")";
  }

  String permute(Node node, Permute op) {
    return "torch.permute(" + out.operands(node) + ", " + op.axes() + ")";
  }

  String concat(Node node, Concat op) {
    return "torch.cat([" + out.operands(node) + "], " + op.axis() + ")";
  }

  /** Narrowing checks the range, which slicing would clip. */
  String slice(Node node, Slice op) {
    String x = out.operands(node);
    String count =
        op.end() == Slice.TO_END
            ? "torch.sub(torch.size(" + x + ", " + op.axis() + "), " + op.start() + ")"
            : Long.toString(op.end() - op.start());
    return "torch.narrow(" + x + ", " + op.axis() + ", " + op.start() + ", " + count + ")";
  }

  /** PyTorch counts axes of paddings from the last one. */
  String pad(Node node, Pad op) {
    String later = "0, 0, ".repeat(node.output().rank() - 1 - op.axis());
    String amounts = "[" + later + op.before() + ", " + op.after() + "]";
    return "torch.constant_pad_nd(" + out.operands(node) + ", " + amounts + ", 0)";
  }
}

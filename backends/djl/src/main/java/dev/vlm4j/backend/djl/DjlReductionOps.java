package dev.vlm4j.backend.djl;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.op.ArgMax;
import dev.vlm4j.graph.op.Reduce;
import dev.vlm4j.graph.op.Softmax;

/** Rules that go along one axis. */
final class DjlReductionOps {
  private final ScriptWriter out;

  DjlReductionOps(ScriptWriter out) {
    this.out = out;
  }

  String reduce(Node node, Reduce op) {
    String function =
        switch (op.function()) {
          case SUM -> "sum";
          case MEAN -> "mean";
          case MAX -> "amax";
        };
    return "torch." + function + "(" + out.operands(node) + ", [" + op.axis() + "], True)";
  }

  String softmax(Node node, Softmax op) {
    return "torch.softmax(" + out.operands(node) + ", " + op.axis() + ")";
  }

  String argMax(Node node, ArgMax op) {
    return "torch.argmax(" + out.operands(node) + ", " + op.axis() + ", True)";
  }
}

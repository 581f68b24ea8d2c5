package dev.vlm4j.backend.djl;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.graph.op.Cast;
import dev.vlm4j.graph.op.Compare;
import dev.vlm4j.graph.op.Logical;
import dev.vlm4j.graph.op.Unary;
import java.util.Locale;

/** Rules for arithmetic, comparison and logic. Scalar constants become numbers in the script. */
final class DjlElementwiseOps {
  private final ScriptWriter out;

  DjlElementwiseOps(ScriptWriter out) {
    this.out = out;
  }

  String binary(Node node, Binary op) {
    Value a = node.input(0);
    Value b = node.input(1);
    return switch (op.function()) {
      case ADD -> commutative("add", a, b);
      case SUB -> call("sub", out.read(a), numberOrTensor(b));
      case MUL -> commutative("mul", a, b);
      case DIV -> call("div", out.read(a), numberOrTensor(b));
      case POW -> call("pow", out.read(a), numberOrTensor(b));
      case MIN -> call("minimum", out.read(a), out.read(b));
      case MAX -> call("maximum", out.read(a), out.read(b));
    };
  }

  private String commutative(String function, Value a, Value b) {
    return out.number(a).isPresent() && out.number(b).isEmpty()
        ? call(function, out.read(b), numberOrTensor(a))
        : call(function, out.read(a), numberOrTensor(b));
  }

  private String numberOrTensor(Value value) {
    return out.number(value).orElseGet(() -> out.read(value));
  }

  String compare(Node node, Compare op) {
    String function =
        switch (op.relation()) {
          case EQUAL -> "eq";
          case LESS -> "lt";
          case LESS_OR_EQUAL -> "le";
        };
    return call(function, out.read(node.input(0)), numberOrTensor(node.input(1)));
  }

  String logical(Node node, Logical op) {
    return "torch.logical_"
        + op.function().name().toLowerCase(Locale.ROOT)
        + "("
        + out.operands(node)
        + ")";
  }

  String not(Node node) {
    return "torch.logical_not(" + out.operands(node) + ")";
  }

  String select(Node node) {
    return "torch.where(" + out.operands(node) + ")";
  }

  /** The functions are called in PyTorch what they are called here. */
  String unary(Node node, Unary op) {
    return "torch."
        + op.function().name().toLowerCase(Locale.ROOT)
        + "("
        + out.operands(node)
        + ")";
  }

  /** Between equal element types nothing happens. */
  String cast(Node node, Cast op) {
    String x = out.read(node.input(0));
    int to = out.type(op.to());
    return out.type(node.input(0).dtype()) == to ? x : "torch.to(" + x + ", " + to + ")";
  }

  private static String call(String function, String a, String b) {
    return "torch." + function + "(" + a + ", " + b + ")";
  }
}

package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.graph.op.Cast;
import dev.vlm4j.graph.op.Compare;
import dev.vlm4j.graph.op.Constant;
import dev.vlm4j.graph.op.Logical;
import dev.vlm4j.graph.op.Unary;

/** Rules for operators that work element by element. */
final class OnnxElementwiseOps {
  private final OnnxGraphWriter out;

  OnnxElementwiseOps(OnnxGraphWriter out) {
    this.out = out;
  }

  String unary(Node node, Unary op) {
    String operator =
        switch (op.function()) {
          case NEG -> "Neg";
          case ABS -> "Abs";
          case EXP -> "Exp";
          case LOG -> "Log";
          case SQRT -> "Sqrt";
          case TANH -> "Tanh";
          case SIGMOID -> "Sigmoid";
          case ERF -> "Erf";
          case SIN -> "Sin";
          case COS -> "Cos";
        };
    return out.op(operator).on(out.name(node.input(0)));
  }

  String binary(Node node, Binary op) {
    String operator =
        switch (op.function()) {
          case ADD -> "Add";
          case SUB -> "Sub";
          case MUL -> "Mul";
          case DIV -> "Div";
          case POW -> "Pow";
          case MIN -> "Min";
          case MAX -> "Max";
        };
    return pair(operator, node);
  }

  String compare(Node node, Compare op) {
    String operator =
        switch (op.relation()) {
          case EQUAL -> "Equal";
          case LESS -> "Less";
          case LESS_OR_EQUAL -> "LessOrEqual";
        };
    return pair(operator, node);
  }

  String logical(Node node, Logical op) {
    return pair(op.function() == Logical.Function.AND ? "And" : "Or", node);
  }

  private String pair(String operator, Node node) {
    return out.op(operator).on(out.name(node.input(0)), out.name(node.input(1)));
  }

  String not(Node node) {
    return out.op("Not").on(out.name(node.input(0)));
  }

  String constant(Constant op) {
    return out.constant(op);
  }

  /** Both kinds of floats are the same, so that casts between them vanish. */
  String cast(Node node, Cast op) {
    String x = out.name(node.input(0));
    int to = OnnxProtos.elementType(op.to());
    boolean same = OnnxProtos.elementType(node.input(0).dtype()) == to;
    return same ? x : out.op("Cast").with("to", to).on(x);
  }

  String select(Node node) {
    String condition = out.name(node.input(0));
    String a = out.name(node.input(1));
    String b = out.name(node.input(2));
    if (node.output().dtype() != DType.BOOL) {
      return out.op("Where").on(condition, a, b);
    }
    String first = out.op("And").on(condition, a);
    String second = out.op("And").on(out.op("Not").on(condition), b);
    return out.op("Or").on(first, second);
  }
}

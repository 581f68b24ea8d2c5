package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.graph.op.Cast;
import dev.vlm4j.graph.op.Compare;
import dev.vlm4j.graph.op.Constant;
import dev.vlm4j.graph.op.Logical;
import dev.vlm4j.graph.op.Unary;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/** Operators that treat every element alike. */
final class TensorFlowElementwiseOps {
  private final TensorFlowGraphWriter writer;
  private final TensorFlowValues values;

  TensorFlowElementwiseOps(TensorFlowGraphWriter writer, TensorFlowValues values) {
    this.writer = writer;
    this.values = values;
  }

  static DataType typeOf(DType dtype) {
    return switch (dtype) {
      case FLOAT, FLOAT32 -> DataType.DT_FLOAT;
      case INT -> DataType.DT_INT32;
      case BOOL -> DataType.DT_BOOL;
    };
  }

  Output<?> constant(Constant op) {
    long[] sizes = op.type().shape().sizes();
    return op.type().dtype() == DType.INT
        ? writer.constant(op.ints(), sizes)
        : writer.constant(op.floats(), sizes);
  }

  Output<?> unary(Node node, Unary op) {
    String type =
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
    return writer.add(type, values.of(node, 0));
  }

  Output<?> binary(Node node, Binary op) {
    String type =
        switch (op.function()) {
          case ADD -> "AddV2";
          case SUB -> "Sub";
          case MUL -> "Mul";
          case DIV -> "RealDiv";
          case POW -> "Pow";
          case MIN -> "Minimum";
          case MAX -> "Maximum";
        };
    return ofTwo(type, node);
  }

  Output<?> compare(Node node, Compare op) {
    String type =
        switch (op.relation()) {
          case EQUAL -> "Equal";
          case LESS -> "Less";
          case LESS_OR_EQUAL -> "LessEqual";
        };
    return ofTwo(type, node);
  }

  Output<?> logical(Node node, Logical op) {
    String type =
        switch (op.function()) {
          case AND -> "LogicalAnd";
          case OR -> "LogicalOr";
        };
    return ofTwo(type, node);
  }

  Output<?> not(Node node) {
    return writer.add("LogicalNot", values.of(node, 0));
  }

  Output<?> select(Node node) {
    return writer.add("SelectV2", values.of(node, 0), values.of(node, 1), values.of(node, 2));
  }

  Output<?> cast(Node node, Cast op) {
    Output<?> x = values.of(node, 0);
    DataType to = typeOf(op.to());
    return typeOf(node.input(0).dtype()) == to ? x : writer.cast(x, to);
  }

  private Output<?> ofTwo(String type, Node node) {
    return writer.add(type, values.of(node, 0), values.of(node, 1));
  }
}

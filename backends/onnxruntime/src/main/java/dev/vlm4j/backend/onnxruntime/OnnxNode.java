package dev.vlm4j.backend.onnxruntime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;

/** One ONNX operator on its way into a model: attributes first, then {@link #on}. */
final class OnnxNode {
  /** Stands for an optional operand that is left out. */
  static final String ABSENT = "";

  private final OnnxGraphWriter out;
  private final NodeProto.Builder node;

  OnnxNode(OnnxGraphWriter out, String domain, String operator) {
    this.out = out;
    this.node = NodeProto.newBuilder().setDomain(domain).setOpType(operator);
  }

  OnnxNode with(String name, long value) {
    return with(attribute(name, AttributeProto.AttributeType.INT).setI(value));
  }

  OnnxNode with(String name, double value) {
    return with(attribute(name, AttributeProto.AttributeType.FLOAT).setF((float) value));
  }

  OnnxNode with(String name, String value) {
    return with(
        attribute(name, AttributeProto.AttributeType.STRING)
            .setS(com.google.protobuf.ByteString.copyFromUtf8(value)));
  }

  OnnxNode with(String name, List<Long> values) {
    return with(attribute(name, AttributeProto.AttributeType.INTS).addAllInts(values));
  }

  private OnnxNode with(AttributeProto.Builder attribute) {
    node.addAttribute(attribute);
    return this;
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  /** Adds the operator with these operands and returns the name of its result. */
  String on(String... operands) {
    return out.add(node.addAllInput(List.of(operands)));
  }

  /** Adds the operator, its results under given names. */
  void into(List<String> results, String... operands) {
    out.addNamed(node.addAllInput(List.of(operands)).addAllOutput(results));
  }
}

package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.op.Conv2d;
import dev.vlm4j.graph.op.MatMul;
import dev.vlm4j.graph.op.Reduce;
import dev.vlm4j.graph.op.Softmax;
import java.util.List;

/** Rules for products and for operators that combine the elements of an axis. */
final class OnnxMatrixOps {
  private final OnnxGraphWriter out;
  private final OnnxShapeOps shapes;
  private final boolean weightsFirst;

  /**
   * Starts rules for one model.
   *
   * @param weightsFirst whether linear layers have the weight as the left side of their product
   */
  OnnxMatrixOps(OnnxGraphWriter out, OnnxShapeOps shapes, boolean weightsFirst) {
    this.out = out;
    this.shapes = shapes;
    this.weightsFirst = weightsFirst;
  }

  /** Takes the weight in checkpoint layout, so that it needs no transposed copy. */
  String linear(Node node) {
    String x = out.name(node.input(0));
    String weight = out.matrix(node.input(1));
    String product = weightsFirst ? weightFirst(node, x, weight) : product(x, weight, true);
    return node.inputs().size() < 3 ? product : out.op("Add").on(product, out.name(node.input(2)));
  }

  private String weightFirst(Node node, String x, String weight) {
    String rows = shapes.reshape(x, -1, node.input(1).dim(1).size());
    String turned = shapes.permute(product(weight, rows, true), List.of(1L, 0L));
    String shape = shapes.lengths(node, node.output().shape().dims());
    return out.op("Reshape").with("allowzero", 1).on(turned, shape);
  }

  String matMul(Node node, MatMul op) {
    return product(out.name(node.input(0)), out.name(node.input(1)), op.transposeRight());
  }

  private String product(String a, String b, boolean transposed) {
    return transposed
        ? out.contrib("FusedMatMul").with("transB", 1).on(a, b)
        : out.op("MatMul").on(a, b);
  }

  String conv2d(Node node, Conv2d op) {
    long padding = op.padding();
    long stride = op.stride();
    String[] operands = node.inputs().stream().map(out::name).toArray(String[]::new);
    return out.op("Conv")
        .with("pads", List.of(padding, padding, padding, padding))
        .with("strides", List.of(stride, stride))
        .with("group", op.groups())
        .on(operands);
  }

  String softmax(Node node, Softmax op) {
    return out.op("Softmax").with("axis", op.axis()).on(out.name(node.input(0)));
  }

  String reduce(Node node, Reduce op) {
    String operator =
        switch (op.function()) {
          case SUM -> "ReduceSum";
          case MEAN -> "ReduceMean";
          case MAX -> "ReduceMax";
        };
    return out.op(operator).with("keepdims", 1).on(out.name(node.input(0)), out.longs(op.axis()));
  }
}

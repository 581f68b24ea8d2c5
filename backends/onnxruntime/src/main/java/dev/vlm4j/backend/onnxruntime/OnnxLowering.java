package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.nn.CompositeExpansion;
import dev.vlm4j.graph.op.ArgMax;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.graph.op.CacheLength;
import dev.vlm4j.graph.op.Cast;
import dev.vlm4j.graph.op.Compare;
import dev.vlm4j.graph.op.Composite;
import dev.vlm4j.graph.op.Concat;
import dev.vlm4j.graph.op.Constant;
import dev.vlm4j.graph.op.Conv2d;
import dev.vlm4j.graph.op.Expand;
import dev.vlm4j.graph.op.Gather;
import dev.vlm4j.graph.op.Iota;
import dev.vlm4j.graph.op.Linear;
import dev.vlm4j.graph.op.Logical;
import dev.vlm4j.graph.op.MatMul;
import dev.vlm4j.graph.op.Not;
import dev.vlm4j.graph.op.OpVisitor;
import dev.vlm4j.graph.op.Pad;
import dev.vlm4j.graph.op.Permute;
import dev.vlm4j.graph.op.Reduce;
import dev.vlm4j.graph.op.Reshape;
import dev.vlm4j.graph.op.ScatterRows;
import dev.vlm4j.graph.op.Select;
import dev.vlm4j.graph.op.Slice;
import dev.vlm4j.graph.op.Softmax;
import dev.vlm4j.graph.op.Unary;

/** Writes the nodes of a verified graph as ONNX nodes; a rule returns the name of its result. */
final class OnnxLowering implements OpVisitor<String> {
  private final OnnxElementwiseOps elementwise;
  private final OnnxShapeOps shapes;
  private final OnnxIndexOps indices;
  private final OnnxMatrixOps matrices;
  private final OnnxStateOps states;
  private final OnnxCompositeOps composites;

  private OnnxLowering(OnnxGraphWriter out, boolean weightsFirst) {
    elementwise = new OnnxElementwiseOps(out);
    shapes = new OnnxShapeOps(out);
    indices = new OnnxIndexOps(out);
    matrices = new OnnxMatrixOps(out, shapes, weightsFirst);
    states = new OnnxStateOps(out);
    composites = new OnnxCompositeOps(out, new OnnxAttentionOps(out, shapes, states));
  }

  /** Writes a graph after expanding the composites that have no native form. */
  static OnnxModel lower(Graph graph, OnnxNativeForms forms, OnnxWeights weights) {
    Graph expanded = CompositeExpansion.expand(graph, forms);
    OnnxGraphWriter out = new OnnxGraphWriter(expanded, weights);
    OnnxLowering lowering = new OnnxLowering(out, forms.weightsFirst());
    for (Node node : expanded.nodes()) {
      out.bind(node.output(), node.op().accept(node, lowering));
    }
    return out.finish();
  }

  @Override
  public String argMax(Node node, ArgMax op) {
    return indices.argMax(node, op);
  }

  @Override
  public String binary(Node node, Binary op) {
    return elementwise.binary(node, op);
  }

  @Override
  public String cacheAppend(Node node, CacheAppend op) {
    return states.cacheAppend(node, op);
  }

  @Override
  public String cacheLength(Node node, CacheLength op) {
    return states.cacheLength(op);
  }

  @Override
  public String cast(Node node, Cast op) {
    return elementwise.cast(node, op);
  }

  @Override
  public String compare(Node node, Compare op) {
    return elementwise.compare(node, op);
  }

  @Override
  public String concat(Node node, Concat op) {
    return shapes.concat(node, op);
  }

  @Override
  public String constant(Node node, Constant op) {
    return elementwise.constant(op);
  }

  @Override
  public String conv2d(Node node, Conv2d op) {
    return matrices.conv2d(node, op);
  }

  @Override
  public String expand(Node node, Expand op) {
    return shapes.expand(node, op);
  }

  @Override
  public String gather(Node node, Gather op) {
    return indices.gather(node, op);
  }

  @Override
  public String iota(Node node, Iota op) {
    return indices.iota(node, op);
  }

  @Override
  public String linear(Node node, Linear op) {
    return matrices.linear(node);
  }

  @Override
  public String logical(Node node, Logical op) {
    return elementwise.logical(node, op);
  }

  @Override
  public String matMul(Node node, MatMul op) {
    return matrices.matMul(node, op);
  }

  @Override
  public String not(Node node, Not op) {
    return elementwise.not(node);
  }

  @Override
  public String pad(Node node, Pad op) {
    return shapes.pad(node, op);
  }

  @Override
  public String permute(Node node, Permute op) {
    return shapes.permute(node, op);
  }

  @Override
  public String reduce(Node node, Reduce op) {
    return matrices.reduce(node, op);
  }

  @Override
  public String reshape(Node node, Reshape op) {
    return shapes.reshape(node, op);
  }

  @Override
  public String scatterRows(Node node, ScatterRows op) {
    return indices.scatterRows(node);
  }

  @Override
  public String select(Node node, Select op) {
    return elementwise.select(node);
  }

  @Override
  public String slice(Node node, Slice op) {
    return shapes.slice(node, op);
  }

  @Override
  public String softmax(Node node, Softmax op) {
    return matrices.softmax(node, op);
  }

  @Override
  public String unary(Node node, Unary op) {
    return elementwise.unary(node, op);
  }

  @Override
  public String composite(Node node, Composite op) {
    return composites.lower(node, op);
  }
}

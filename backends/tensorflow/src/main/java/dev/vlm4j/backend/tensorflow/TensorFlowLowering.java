package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.Node;
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
import org.tensorflow.Output;

/** Adds the TensorFlow operations of one node at a time, in topological order. */
final class TensorFlowLowering implements OpVisitor<Output<?>> {
  private final TensorFlowGraphWriter writer;
  private final TensorFlowValues values;
  private final TensorFlowElementwiseOps elementwise;
  private final TensorFlowReductionOps reductions;
  private final TensorFlowShapeOps shapes;
  private final TensorFlowIndexOps indices;
  private final TensorFlowLinearOps linear;
  private final TensorFlowConvolutionOps convolutions;
  private final TensorFlowCacheOps caches;
  private final TensorFlowCompositeOps composites;

  TensorFlowLowering(
      TensorFlowGraphWriter writer, TensorFlowValues values, TensorFlowCacheOps caches) {
    this.writer = writer;
    this.values = values;
    this.caches = caches;
    elementwise = new TensorFlowElementwiseOps(writer, values);
    reductions = new TensorFlowReductionOps(writer, values);
    shapes = new TensorFlowShapeOps(writer, values);
    indices = new TensorFlowIndexOps(writer, values);
    linear = new TensorFlowLinearOps(writer, values);
    convolutions = new TensorFlowConvolutionOps(writer, values);
    composites = new TensorFlowCompositeOps(writer, values);
  }

  void lower(Node node) {
    writer.enter(node.scope());
    values.put(node.output(), node.op().accept(node, this));
  }

  @Override
  public Output<?> argMax(Node node, ArgMax op) {
    return reductions.argMax(node, op);
  }

  @Override
  public Output<?> binary(Node node, Binary op) {
    return elementwise.binary(node, op);
  }

  @Override
  public Output<?> cacheAppend(Node node, CacheAppend op) {
    return caches.append(node, op);
  }

  @Override
  public Output<?> cacheLength(Node node, CacheLength op) {
    return caches.lengths(op.group());
  }

  @Override
  public Output<?> cast(Node node, Cast op) {
    return elementwise.cast(node, op);
  }

  @Override
  public Output<?> compare(Node node, Compare op) {
    return elementwise.compare(node, op);
  }

  @Override
  public Output<?> concat(Node node, Concat op) {
    return shapes.concat(node, op);
  }

  @Override
  public Output<?> constant(Node node, Constant op) {
    return elementwise.constant(op);
  }

  @Override
  public Output<?> conv2d(Node node, Conv2d op) {
    return convolutions.conv2d(node, op);
  }

  @Override
  public Output<?> expand(Node node, Expand op) {
    return shapes.expand(node, op);
  }

  @Override
  public Output<?> gather(Node node, Gather op) {
    return indices.gather(node, op);
  }

  @Override
  public Output<?> iota(Node node, Iota op) {
    return shapes.iota(node, op);
  }

  @Override
  public Output<?> linear(Node node, Linear op) {
    return linear.linear(node);
  }

  @Override
  public Output<?> logical(Node node, Logical op) {
    return elementwise.logical(node, op);
  }

  @Override
  public Output<?> matMul(Node node, MatMul op) {
    return linear.matMul(node, op);
  }

  @Override
  public Output<?> not(Node node, Not op) {
    return elementwise.not(node);
  }

  @Override
  public Output<?> pad(Node node, Pad op) {
    return shapes.pad(node, op);
  }

  @Override
  public Output<?> permute(Node node, Permute op) {
    return shapes.permute(node, op);
  }

  @Override
  public Output<?> reduce(Node node, Reduce op) {
    return reductions.reduce(node, op);
  }

  @Override
  public Output<?> reshape(Node node, Reshape op) {
    return shapes.reshape(node, op);
  }

  @Override
  public Output<?> scatterRows(Node node, ScatterRows op) {
    return indices.scatterRows(node);
  }

  @Override
  public Output<?> select(Node node, Select op) {
    return elementwise.select(node);
  }

  @Override
  public Output<?> slice(Node node, Slice op) {
    return shapes.slice(node, op);
  }

  @Override
  public Output<?> softmax(Node node, Softmax op) {
    return reductions.softmax(node, op);
  }

  @Override
  public Output<?> unary(Node node, Unary op) {
    return elementwise.unary(node, op);
  }

  @Override
  public Output<?> composite(Node node, Composite op) {
    return composites.nativeForm(node);
  }
}

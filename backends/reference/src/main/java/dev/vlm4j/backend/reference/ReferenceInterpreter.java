package dev.vlm4j.backend.reference;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.DimSource;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.Value;
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
import dev.vlm4j.spi.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Evaluates the nodes of one run in topological order. */
final class ReferenceInterpreter implements OpVisitor<Tensor> {
  private final ReferenceElementwiseOps elementwise = new ReferenceElementwiseOps();
  private final ReferenceReductionOps reductions = new ReferenceReductionOps();
  private final ReferenceShapeOps shapes = new ReferenceShapeOps();
  private final ReferenceIndexingOps indexing = new ReferenceIndexingOps();
  private final ReferenceLinearOps linear = new ReferenceLinearOps();
  private final ReferenceStateOps states;
  private final ReferenceCompiledGraph compiled;
  private final Map<Value, Tensor> values = new HashMap<>();

  ReferenceInterpreter(
      ReferenceCompiledGraph compiled, Map<String, Tensor> inputs, ReferenceStateOps states) {
    this.compiled = compiled;
    this.states = states;
    for (Value input : compiled.graph().inputs()) {
      Tensor given = inputs.get(input.name());
      if (given != null) {
        values.put(input, given);
      }
    }
  }

  /**
   * Evaluates nodes in order.
   *
   * @throws VlmException {@code ENGINE_FAILURE} if cancelled, {@code INVALID_ARGUMENT} if the
   *     inputs lead to impossible sizes or indices
   */
  void evaluate(List<Node> nodes, BooleanSupplier cancelled) {
    for (Node node : nodes) {
      if (cancelled.getAsBoolean()) {
        throw new VlmException(
            ErrorCode.ENGINE_FAILURE, "the run was cancelled; run again to get a result");
      }
      values.put(node.output(), evaluate(node));
    }
  }

  private Tensor evaluate(Node node) {
    try {
      return node.op().accept(node, this);
    } catch (IllegalArgumentException e) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "the inputs do not fit the graph "
              + compiled.graph().name()
              + " at "
              + node.op()
              + " in '"
              + node.scope()
              + "': "
              + e.getMessage(),
          e);
    }
  }

  /** Returns the tensor of a value that is known by now. */
  Tensor value(@Nullable Value value) {
    if (value != null && value.kind() == Value.Kind.WEIGHT) {
      return compiled.weight(value);
    }
    Tensor known = values.get(value);
    if (known == null) {
      throw new IllegalStateException("value " + value + " is read before it is computed");
    }
    return known;
  }

  private Tensor in(Node node, int index) {
    return value(node.input(index));
  }

  private @Nullable Tensor inOrNull(Node node, int index) {
    return index < node.inputs().size() ? in(node, index) : null;
  }

  private long[] sizes(Node node, Shape shape) {
    return shape.dims().stream().mapToLong(dim -> length(node, dim)).toArray();
  }

  private long length(Node node, Dim dim) {
    if (dim.isFixed()) {
      return dim.size();
    }
    DimSource source = DimSource.find(compiled.graph(), node, dim).orElseThrow();
    return source.length(value(source.value()).size(source.axis()));
  }

  @Override
  public Tensor argMax(Node node, ArgMax op) {
    return reductions.argMax(op, in(node, 0));
  }

  @Override
  public Tensor binary(Node node, Binary op) {
    return elementwise.binary(op, in(node, 0), in(node, 1));
  }

  @Override
  public Tensor cacheAppend(Node node, CacheAppend op) {
    return states.cacheAppend(op, in(node, 0));
  }

  @Override
  public Tensor cacheLength(Node node, CacheLength op) {
    return states.cacheLength(op);
  }

  @Override
  public Tensor cast(Node node, Cast op) {
    return elementwise.cast(op, in(node, 0));
  }

  @Override
  public Tensor compare(Node node, Compare op) {
    return elementwise.compare(op, in(node, 0), in(node, 1));
  }

  @Override
  public Tensor concat(Node node, Concat op) {
    return shapes.concat(op, node.inputs().stream().map(this::value).toList());
  }

  @Override
  public Tensor constant(Node node, Constant op) {
    return compiled.constant(node, op);
  }

  @Override
  public Tensor conv2d(Node node, Conv2d op) {
    return linear.conv2d(op, in(node, 0), in(node, 1), inOrNull(node, 2));
  }

  @Override
  public Tensor expand(Node node, Expand op) {
    return shapes.expand(in(node, 0), sizes(node, op.shape()));
  }

  @Override
  public Tensor gather(Node node, Gather op) {
    return indexing.gather(op, in(node, 0), in(node, 1));
  }

  @Override
  public Tensor iota(Node node, Iota op) {
    return shapes.iota(op, in(node, 0));
  }

  @Override
  public Tensor linear(Node node, Linear op) {
    return linear.linear(in(node, 0), in(node, 1), inOrNull(node, 2));
  }

  @Override
  public Tensor logical(Node node, Logical op) {
    return elementwise.logical(op, in(node, 0), in(node, 1));
  }

  @Override
  public Tensor matMul(Node node, MatMul op) {
    return linear.matMul(op, in(node, 0), in(node, 1));
  }

  @Override
  public Tensor not(Node node, Not op) {
    return elementwise.not(in(node, 0));
  }

  @Override
  public Tensor pad(Node node, Pad op) {
    return shapes.pad(op, in(node, 0));
  }

  @Override
  public Tensor permute(Node node, Permute op) {
    return shapes.permute(op, in(node, 0));
  }

  @Override
  public Tensor reduce(Node node, Reduce op) {
    return reductions.reduce(op, in(node, 0));
  }

  @Override
  public Tensor reshape(Node node, Reshape op) {
    return shapes.reshape(in(node, 0), sizes(node, op.shape()));
  }

  @Override
  public Tensor scatterRows(Node node, ScatterRows op) {
    return indexing.scatterRows(in(node, 0), in(node, 1), in(node, 2));
  }

  @Override
  public Tensor select(Node node, Select op) {
    return elementwise.select(in(node, 0), in(node, 1), in(node, 2));
  }

  @Override
  public Tensor slice(Node node, Slice op) {
    return shapes.slice(op, in(node, 0));
  }

  @Override
  public Tensor softmax(Node node, Softmax op) {
    return reductions.softmax(op, in(node, 0));
  }

  @Override
  public Tensor unary(Node node, Unary op) {
    return elementwise.unary(op, in(node, 0));
  }

  @Override
  public Tensor composite(Node node, Composite op) {
    throw new IllegalStateException(op + " was not expanded");
  }
}

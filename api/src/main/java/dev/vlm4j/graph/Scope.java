package dev.vlm4j.graph;

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
import dev.vlm4j.graph.op.Op;
import dev.vlm4j.graph.op.Pad;
import dev.vlm4j.graph.op.Permute;
import dev.vlm4j.graph.op.Reduce;
import dev.vlm4j.graph.op.Reshape;
import dev.vlm4j.graph.op.ScatterRows;
import dev.vlm4j.graph.op.Select;
import dev.vlm4j.graph.op.Slice;
import dev.vlm4j.graph.op.Softmax;
import dev.vlm4j.graph.op.Unary;
import java.util.Arrays;
import java.util.List;

/**
 * A place in a graph under construction: a path that equals the prefix of the checkpoint keys, and
 * the operators that can be applied there. {@code scope.at("self_attn").at("q_proj")} names the
 * node and its weight at once. Immutable; the builder behind it is not thread-safe.
 *
 * <p>The methods named after a primitive apply it; the operator's record states shapes and rules.
 */
public final class Scope {
  private final GraphBuilder builder;
  private final String path;

  Scope(GraphBuilder builder, String path) {
    this.builder = builder;
    this.path = path;
  }

  /** Returns the dotted path, empty at the root. */
  public String path() {
    return path;
  }

  /** Returns the scope below this one; dots in {@code child} are further levels. */
  public Scope at(String child) {
    return new Scope(builder, path.isEmpty() ? child : path + "." + child);
  }

  /** Returns the scope of one element of a list of modules. */
  public Scope at(int index) {
    return at(Integer.toString(index));
  }

  /** Returns the checkpoint's tensor of that name below this scope. */
  public Value weight(String name, long... sizes) {
    return builder.weight(at(name).path, Shape.fixed(sizes));
  }

  /** Applies an operator; composites go through here. */
  public Value apply(Op op, Value... operands) {
    return builder.add(path, op, Arrays.asList(operands));
  }

  /** Applies a composite to a list of operands. */
  public Value apply(Composite op, List<Value> operands) {
    return builder.add(path, op, List.copyOf(operands));
  }

  /** Returns a scalar of type {@link DType#FLOAT}. */
  public Value scalar(double number) {
    return builder.scalar(DType.FLOAT, number);
  }

  /** Returns a scalar of the given type. */
  public Value scalar(DType dtype, double number) {
    return builder.scalar(dtype, number);
  }

  /** Returns a literal table. */
  public Value constant(Constant constant) {
    return apply(constant);
  }

  /** Returns {@code a + b}. */
  public Value add(Value a, Value b) {
    return binary(Binary.Function.ADD, a, b);
  }

  /** Returns {@code a - b}. */
  public Value sub(Value a, Value b) {
    return binary(Binary.Function.SUB, a, b);
  }

  /** Returns {@code a * b}. */
  public Value mul(Value a, Value b) {
    return binary(Binary.Function.MUL, a, b);
  }

  /** Returns {@code a / b}. */
  public Value div(Value a, Value b) {
    return binary(Binary.Function.DIV, a, b);
  }

  /** Returns an element-wise function of two operands. */
  public Value binary(Binary.Function function, Value a, Value b) {
    return apply(new Binary(function), a, b);
  }

  /** Returns {@code x} plus a number of its own type. */
  public Value add(Value x, double number) {
    return add(x, scalar(x.dtype(), number));
  }

  /** Returns {@code x} times a number of its own type. */
  public Value mul(Value x, double number) {
    return mul(x, scalar(x.dtype(), number));
  }

  /** Returns an element-wise function of one operand. */
  public Value unary(Unary.Function function, Value x) {
    return apply(new Unary(function), x);
  }

  /** Returns whether {@code a == b}. */
  public Value equal(Value a, Value b) {
    return apply(new Compare(Compare.Relation.EQUAL), a, b);
  }

  /** Returns whether {@code a < b}. */
  public Value less(Value a, Value b) {
    return apply(new Compare(Compare.Relation.LESS), a, b);
  }

  /** Returns whether {@code a <= b}. */
  public Value lessOrEqual(Value a, Value b) {
    return apply(new Compare(Compare.Relation.LESS_OR_EQUAL), a, b);
  }

  /** Returns whether both hold. */
  public Value and(Value a, Value b) {
    return apply(new Logical(Logical.Function.AND), a, b);
  }

  /** Returns whether at least one holds. */
  public Value or(Value a, Value b) {
    return apply(new Logical(Logical.Function.OR), a, b);
  }

  /** Returns the opposite. */
  public Value not(Value a) {
    return apply(new Not(), a);
  }

  /** Returns {@code a} where the condition holds, {@code b} elsewhere. */
  public Value select(Value condition, Value a, Value b) {
    return apply(new Select(), condition, a, b);
  }

  /** Returns the value in another element type; itself if it has that type already. */
  public Value cast(Value x, DType to) {
    return x.dtype() == to ? x : apply(new Cast(to), x);
  }

  /** Returns the sum, mean or maximum along an axis, which stays with length one. */
  public Value reduce(Reduce.Function function, Value x, int axis) {
    return apply(new Reduce(function, front(x, axis)), x);
  }

  /** Returns the index of the largest element along an axis. */
  public Value argMax(Value x, int axis) {
    return apply(new ArgMax(front(x, axis)), x);
  }

  /** Returns the softmax along an axis. */
  public Value softmax(Value x, int axis) {
    return apply(new Softmax(front(x, axis)), x);
  }

  /** Returns the value in another shape; itself if it has that shape already. */
  public Value reshape(Value x, Dim... dims) {
    Shape shape = Shape.of(dims);
    return x.shape().equals(shape) ? x : apply(new Reshape(shape), x);
  }

  /** Returns the value with its axes in another order. */
  public Value permute(Value x, Integer... axes) {
    return apply(new Permute(Arrays.asList(axes)), x);
  }

  /** Returns the value repeated to a shape. */
  public Value expand(Value x, Dim... dims) {
    Shape shape = Shape.of(dims);
    return x.shape().equals(shape) ? x : apply(new Expand(shape), x);
  }

  /** Returns the operands joined along an axis. */
  public Value concat(int axis, Value... operands) {
    return apply(new Concat(front(operands[0], axis)), operands);
  }

  /** Returns the range {@code start} to {@code end} of an axis. */
  public Value slice(Value x, int axis, long start, long end) {
    return apply(new Slice(front(x, axis), start, end), x);
  }

  /** Returns the value with zeros around an axis. */
  public Value pad(Value x, int axis, long before, long after) {
    return apply(new Pad(front(x, axis), before, after), x);
  }

  /** Returns 0, 1, 2, ... along an axis. */
  public Value iota(Value x, int axis) {
    return apply(new Iota(front(x, axis)), x);
  }

  /** Returns the slices of {@code data} that the indices name. */
  public Value gather(Value data, int axis, Value indices) {
    return apply(new Gather(front(data, axis)), data, indices);
  }

  /** Returns {@code data} with the given rows replaced. */
  public Value scatterRows(Value data, Value rows, Value updates) {
    return apply(new ScatterRows(), data, rows, updates);
  }

  /** Returns {@code x W^T}. */
  public Value linear(Value x, Value weight) {
    return apply(new Linear(), x, weight);
  }

  /** Returns {@code x W^T + b}. */
  public Value linear(Value x, Value weight, Value bias) {
    return apply(new Linear(), x, weight, bias);
  }

  /**
   * Applies the linear module of that name below this scope: its {@code weight} and {@code bias}.
   */
  public Value linear(String name, Value x, long out, boolean bias) {
    Scope module = at(name);
    Value weight = module.weight("weight", out, x.dim(-1).isFixed() ? x.dim(-1).size() : 0);
    return bias ? module.linear(x, weight, module.weight("bias", out)) : module.linear(x, weight);
  }

  /** Returns the matrix product of the last two axes. */
  public Value matMul(Value a, Value b) {
    return apply(new MatMul(false), a, b);
  }

  /** Returns the matrix product with the last two axes of {@code b} swapped. */
  public Value matMulTransposed(Value a, Value b) {
    return apply(new MatMul(true), a, b);
  }

  /** Returns a convolution without bias. */
  public Value conv2d(Conv2d op, Value x, Value weight) {
    return apply(op, x, weight);
  }

  /** Returns a convolution with bias. */
  public Value conv2d(Conv2d op, Value x, Value weight, Value bias) {
    return apply(op, x, weight, bias);
  }

  /** Appends to a cache and returns its contents. */
  public Value cacheAppend(State state, Value x) {
    return apply(new CacheAppend(state), x);
  }

  /** Returns the number of positions that each row held before this run. */
  public Value cacheLength(String group, Dim rows) {
    return apply(new CacheLength(group, rows));
  }

  private static int front(Value x, int axis) {
    return axis < 0 && x.kind() != Value.Kind.INVALID ? axis + x.rank() : axis;
  }
}

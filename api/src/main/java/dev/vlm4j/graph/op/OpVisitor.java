package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Node;

/**
 * Dispatch over all operators. No method has a default, so that a new primitive breaks the
 * compilation of every backend that does not lower it.
 *
 * @param <R> what a rule returns
 */
public interface OpVisitor<R> {
  /** Index of the largest element. */
  R argMax(Node node, ArgMax op);

  /** Element-wise arithmetic of two operands. */
  R binary(Node node, Binary op);

  /** Appends to a cache. */
  R cacheAppend(Node node, CacheAppend op);

  /** Number of cached positions before this run. */
  R cacheLength(Node node, CacheLength op);

  /** Conversion of the element type. */
  R cast(Node node, Cast op);

  /** Element-wise comparison. */
  R compare(Node node, Compare op);

  /** Joins operands along an axis. */
  R concat(Node node, Concat op);

  /** A literal. */
  R constant(Node node, Constant op);

  /** Two-dimensional convolution. */
  R conv2d(Node node, Conv2d op);

  /** Repeats axes of length one. */
  R expand(Node node, Expand op);

  /** Picks slices by index. */
  R gather(Node node, Gather op);

  /** Counts along an axis. */
  R iota(Node node, Iota op);

  /** Product with a weight in checkpoint layout. */
  R linear(Node node, Linear op);

  /** Element-wise logic of two operands. */
  R logical(Node node, Logical op);

  /** Batched matrix product. */
  R matMul(Node node, MatMul op);

  /** Element-wise negation of truth values. */
  R not(Node node, Not op);

  /** Adds zeros around an axis. */
  R pad(Node node, Pad op);

  /** Reorders axes. */
  R permute(Node node, Permute op);

  /** Sum, mean or maximum along an axis. */
  R reduce(Node node, Reduce op);

  /** Changes the shape, keeping the elements in order. */
  R reshape(Node node, Reshape op);

  /** Replaces rows by index. */
  R scatterRows(Node node, ScatterRows op);

  /** Element-wise choice. */
  R select(Node node, Select op);

  /** Cuts a range out of an axis. */
  R slice(Node node, Slice op);

  /** Exponentials normalised along an axis. */
  R softmax(Node node, Softmax op);

  /** Element-wise function of one operand. */
  R unary(Node node, Unary op);

  /** An operator that expands to primitives. */
  R composite(Node node, Composite op);
}

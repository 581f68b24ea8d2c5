package dev.vlm4j.graph.op;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.TensorType;
import java.util.List;

/**
 * An operator with its attributes. Primitives are closed: every backend lowers all of them.
 * Composites are open: each expands to primitives.
 */
public sealed interface Op
    permits ArgMax,
        Binary,
        CacheAppend,
        CacheLength,
        Cast,
        Compare,
        Composite,
        Concat,
        Constant,
        Conv2d,
        Expand,
        Gather,
        Iota,
        Linear,
        Logical,
        MatMul,
        Not,
        Pad,
        Permute,
        Reduce,
        Reshape,
        ScatterRows,
        Select,
        Slice,
        Softmax,
        Unary {

  /**
   * Returns the type of the result.
   *
   * @throws IllegalArgumentException if the operands do not fit; the message says which and why
   */
  TensorType infer(List<TensorType> inputs);

  /** Calls the visitor's method for this operator. */
  <R> R accept(Node node, OpVisitor<R> visitor);
}

package dev.vlm4j.conformance;

import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.ChannelAttention;
import dev.vlm4j.graph.nn.GatedActivation;
import dev.vlm4j.graph.nn.LayerNorm;
import dev.vlm4j.graph.nn.RmsNorm;
import dev.vlm4j.graph.nn.RotaryAngles;
import dev.vlm4j.graph.nn.RotaryEmbedding;
import dev.vlm4j.graph.op.ArgMax;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.graph.op.CacheLength;
import dev.vlm4j.graph.op.Cast;
import dev.vlm4j.graph.op.Compare;
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
import dev.vlm4j.graph.op.Pad;
import dev.vlm4j.graph.op.Permute;
import dev.vlm4j.graph.op.Reduce;
import dev.vlm4j.graph.op.Reshape;
import dev.vlm4j.graph.op.ScatterRows;
import dev.vlm4j.graph.op.Select;
import dev.vlm4j.graph.op.Slice;
import dev.vlm4j.graph.op.Softmax;
import dev.vlm4j.graph.op.Unary;
import java.util.HashMap;
import java.util.Map;

/**
 * What an operator takes and gives, in one line each for the page of operators.
 *
 * @param operands their shapes
 * @param result its shape and meaning
 */
record OperatorSignature(String operands, String result) {
  private static final Map<Class<?>, OperatorSignature> TABLE = new HashMap<>();

  static {
    element();
    axis();
    shape();
    product();
    composite();
  }

  private static void element() {
    put(Unary.class, "x", "the function of every element");
    put(Binary.class, "a, b (broadcast)", "the function of every pair");
    put(Compare.class, "a, b (broadcast)", "BOOL");
    put(Logical.class, "a, b (BOOL, broadcast)", "BOOL");
    put(Not.class, "a (BOOL)", "BOOL");
    put(Select.class, "condition (BOOL), a, b (broadcast)", "a where it holds, else b");
    put(Cast.class, "x", "x in another element type");
    put(Constant.class, "none", "the literal");
  }

  private static void axis() {
    put(Reduce.class, "x", "x with the axis of length one");
    put(ArgMax.class, "x", "INT, the axis of length one; the first of equals");
    put(Softmax.class, "x", "x normalised along the axis");
    put(Iota.class, "x", "INT `[n]`: 0, 1, 2, ... along the axis");
  }

  private static void shape() {
    put(Reshape.class, "x", "the same elements in another shape");
    put(Permute.class, "x", "x with its axes in another order");
    put(Expand.class, "x", "x with axes of length one repeated");
    put(Concat.class, "one or more", "the operands joined along the axis");
    put(Slice.class, "x", "a range of the axis");
    put(Pad.class, "x", "x with zeros around the axis");
    put(Gather.class, "data, indices (INT)", "the slices that the indices name");
    put(
        ScatterRows.class,
        "data `[n, ...]`, rows (INT `[m]`), updates `[m, ...]`",
        "data with rows replaced");
    put(
        CacheAppend.class,
        "x `[rows, new, heads, headDim]`",
        "the cache `[rows, heads, length, headDim]`");
    put(CacheLength.class, "none", "INT `[rows]`: positions held before the run");
  }

  private static void product() {
    put(Linear.class, "x `[..., in]`, weight `[out, in]`, optional bias `[out]`", "`[..., out]`");
    put(MatMul.class, "a `[..., m, k]`, b `[..., k, n]` or `[..., n, k]`", "`[..., m, n]`");
    put(
        Conv2d.class,
        "x `[n, in, h, w]`, weight `[out, in / groups, kh, kw]`, optional bias `[out]`",
        "`[n, out, h', w']`");
  }

  private static void composite() {
    put(LayerNorm.class, "x `[..., n]`, scale `[n]`, shift `[n]`", "x normalised");
    put(RmsNorm.class, "x `[..., n]`, scale `[n]`", "x normalised");
    put(Activation.class, "x", "the function of every element");
    put(GatedActivation.class, "gate, up", "`activation(gate) * up`");
    put(
        RotaryAngles.class,
        "positions (INT) `[rows, n]` or `[3, rows, n]`",
        "FLOAT32 `[rows, n, frequencies]`: radians");
    put(
        RotaryEmbedding.class,
        "x `[rows, n, heads, headDim]`, cos, sin `[rows, n, half]`",
        "x with the first `2 half` elements of every head rotated");
    put(
        Attention.class,
        "q `[rows, new, heads, headDim]`, k `[rows, keys, kvHeads, headDim]`, v `[rows, keys,"
            + " kvHeads, valueDim]`, optional bias, optional ids of queries and keys",
        "`[rows, new, heads, valueDim]`");
    put(
        ChannelAttention.class,
        "q, k, v `[rows, positions, groups, channels]`",
        "the same shape: channels of a group mixed by their products over all positions");
  }

  private static void put(Class<?> type, String operands, String result) {
    TABLE.put(type, new OperatorSignature(operands, result));
  }

  /** Returns the line of an operator; a new operator needs one. */
  static OperatorSignature of(Class<?> type) {
    OperatorSignature signature = TABLE.get(type);
    if (signature == null) {
      throw new IllegalArgumentException("describe " + type.getSimpleName() + " in this class");
    }
    return signature;
  }
}

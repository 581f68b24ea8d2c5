package dev.vlm4j.models.qwenvl;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.RotaryEmbedding;

/**
 * Attention among the patches of one picture, all of them or those of a window. Source: {@code
 * VisionAttention} in <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/models/qwen2_5_vl/modeling_qwen2_5_vl.py">modeling_qwen2_5_vl.py</a>.
 *
 * @param spec settings of the tower
 * @param rotation of all patches, {@code [1, patches, ...]}
 */
record VisionAttention(QwenVisionSpec spec, VisionRotation rotation) {
  /** Returns attention in which every patch sees every patch. */
  VisionModule full() {
    return (at, x) -> {
      Value all = at.linear("qkv", x, 3L * spec.hiddenSize(), true);
      Value rows = at.reshape(all, Dim.fixed(1), all.dim(0), all.dim(1));
      Value mixed = attend(at, rows, rotation, Attention.full(scale()));
      Value joined = at.reshape(mixed, x.dim(0), Dim.fixed(spec.hiddenSize()));
      return at.linear("proj", joined, spec.hiddenSize(), true);
    };
  }

  /**
   * Returns attention inside of windows. Every window is a row of its own, so that the work grows
   * with the number of windows, not with its square.
   */
  VisionModule windowed(VisionWindows windows) {
    return (at, x) -> {
      Value all = at.linear("qkv", x, 3L * spec.hiddenSize(), true);
      Value rows = at.gather(all, 0, windows.patches());
      Value ids = windows.segments();
      Attention attention =
          new Attention(scale(), 0, false, 0, Attention.Grouping.SEGMENTS, false, null);
      Value mixed = attend(at, rows, rotation.gathered(at, windows.patches()), attention, ids, ids);
      Dim slots = rows.dim(0).times(rows.dim(1).size());
      Value flat = at.reshape(mixed, slots, Dim.fixed(spec.hiddenSize()));
      Value joined = at.gather(flat, 0, windows.slots());
      return at.linear("proj", joined, spec.hiddenSize(), true);
    };
  }

  private double scale() {
    return 1 / Math.sqrt(spec.headDim());
  }

  private Value attend(
      Scope at, Value rows, VisionRotation turns, Attention attention, Value... ids) {
    Value q = rotated(at, heads(at, rows, 0), turns);
    Value k = rotated(at, heads(at, rows, 1), turns);
    Value v = heads(at, rows, 2);
    return ids.length == 0
        ? at.apply(attention, q, k, v)
        : at.apply(attention, q, k, v, ids[0], ids[1]);
  }

  private Value heads(Scope at, Value rows, int part) {
    long hidden = spec.hiddenSize();
    Value own = at.slice(rows, 2, part * hidden, (part + 1) * hidden);
    Dim headDim = Dim.fixed(spec.headDim());
    return at.reshape(own, rows.dim(0), rows.dim(1), Dim.fixed(spec.heads()), headDim);
  }

  /** The reference rotates in 32 bits whatever the precision of the tower. */
  private static Value rotated(Scope at, Value x, VisionRotation turns) {
    Value exact = at.cast(x, DType.FLOAT32);
    return at.cast(at.apply(new RotaryEmbedding(), exact, turns.cos(), turns.sin()), x.dtype());
  }
}

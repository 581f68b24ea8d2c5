package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.graph.op.CacheLength;
import java.util.List;

/** Rules for caches. A cache is stored as {@code [rows, heads, capacity, headDim]}. */
final class OnnxStateOps {
  private static final int LENGTH_AXIS = 2;
  private static final List<Long> SWAP_POSITIONS_AND_HEADS = List.of(0L, 2L, 1L, 3L);

  private final OnnxGraphWriter out;

  OnnxStateOps(OnnxGraphWriter out) {
    this.out = out;
  }

  String cacheAppend(Node node, CacheAppend op) {
    String whole = append(op.state(), out.name(node.input(0)));
    String total = out.toLong(out.control(OnnxControl.Kind.TOTAL, op.state().group()));
    String end = out.op("Unsqueeze").on(total, out.longs(0));
    return out.op("Slice").on(whole, out.longs(0), end, out.longs(LENGTH_AXIS));
  }

  /**
   * Writes new positions {@code [rows, new, heads, headDim]} and returns the whole buffer. The
   * operator writes in place because the session binds its operand and its result to one buffer.
   */
  String append(State state, String x) {
    String byHead = out.op("Transpose").with("perm", SWAP_POSITIONS_AND_HEADS).on(x);
    String starts = out.toLong(out.control(OnnxControl.Kind.PAST, state.group()));
    String present = OnnxModel.presentName(state);
    out.op("TensorScatter")
        .with("axis", LENGTH_AXIS)
        .into(List.of(present), out.past(state), byHead, starts);
    return present;
  }

  String cacheLength(CacheLength op) {
    return out.control(OnnxControl.Kind.PAST, op.group());
  }
}

package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Concat;
import dev.vlm4j.graph.op.Expand;
import dev.vlm4j.graph.op.Pad;
import dev.vlm4j.graph.op.Permute;
import dev.vlm4j.graph.op.Reshape;
import dev.vlm4j.graph.op.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules for operators that move elements without computing. */
final class OnnxShapeOps {
  private static final long SAME_AS_OPERAND = 0;
  private static final long THE_REST = -1;

  private final OnnxGraphWriter out;

  OnnxShapeOps(OnnxGraphWriter out) {
    this.out = out;
  }

  String reshape(Node node, Reshape op) {
    Value x = node.input(0);
    List<Dim> target = op.shape().dims();
    long[] literal = literalShape(x, target);
    if (literal != null) {
      return reshape(out.name(x), literal);
    }
    String shape = lengths(node, target);
    return out.op("Reshape").with("allowzero", 1).on(out.name(x), shape);
  }

  /** Reshapes to lengths of which 0 keeps the operand's and one may be -1 for what is left. */
  String reshape(String x, long... lengths) {
    return out.op("Reshape").on(x, out.longs(lengths));
  }

  /** Returns a shape that needs no measuring, or null if more than one axis is unknown. */
  private static long @Nullable [] literalShape(Value x, List<Dim> target) {
    long[] lengths = new long[target.size()];
    int unknown = 0;
    for (int axis = 0; axis < lengths.length; axis++) {
      Dim dim = target.get(axis);
      boolean kept = axis < x.rank() && x.dim(axis).equals(dim);
      if (!dim.isFixed()) {
        lengths[axis] = kept ? SAME_AS_OPERAND : THE_REST;
        unknown += kept ? 0 : 1;
      } else if (dim.size() == 0) {
        return null;
      } else {
        lengths[axis] = dim.size();
      }
    }
    boolean ambiguous = unknown == 1 && contains(lengths, SAME_AS_OPERAND);
    return unknown > 1 || ambiguous ? null : lengths;
  }

  private static boolean contains(long[] lengths, long wanted) {
    for (long length : lengths) {
      if (length == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Returns lengths, one after the other, as a list of integers of 64 bits. */
  String lengths(Node node, List<Dim> dims) {
    String[] parts = dims.stream().map(dim -> out.length(node, dim)).toArray(String[]::new);
    return parts.length == 1 ? parts[0] : out.op("Concat").with("axis", 0).on(parts);
  }

  String expand(Node node, Expand op) {
    Value x = node.input(0);
    List<Dim> dims = op.shape().dims();
    int added = dims.size() - x.rank();
    Dim[] wanted = dims.toArray(Dim[]::new);
    for (int axis = added; axis < wanted.length; axis++) {
      if (x.dim(axis - added).equals(wanted[axis])) {
        wanted[axis] = Dim.fixed(1);
      }
    }
    String shape = wanted.length == 0 ? out.longs() : lengths(node, List.of(wanted));
    return out.op("Expand").on(out.name(x), shape);
  }

  String permute(Node node, Permute op) {
    return permute(out.name(node.input(0)), op.axes().stream().map(Integer::longValue).toList());
  }

  String permute(String x, List<Long> axes) {
    return out.op("Transpose").with("perm", axes).on(x);
  }

  String concat(Node node, Concat op) {
    String[] operands = node.inputs().stream().map(out::name).toArray(String[]::new);
    return out.op("Concat").with("axis", op.axis()).on(operands);
  }

  String slice(Node node, Slice op) {
    return out.op("Slice")
        .on(
            out.name(node.input(0)),
            out.longs(op.start()),
            out.longs(op.end()),
            out.longs(op.axis()));
  }

  String pad(Node node, Pad op) {
    return out.op("Pad")
        .on(
            out.name(node.input(0)),
            out.longs(op.before(), op.after()),
            OnnxNode.ABSENT,
            out.longs(op.axis()));
  }
}

package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.Attention.Grouping;
import dev.vlm4j.graph.nn.KvCache;
import java.util.List;
import java.util.Objects;

/** Native forms of attention. */
final class OnnxAttentionOps {
  private static final double MASKED = -Float.MAX_VALUE;

  private final OnnxGraphWriter out;
  private final OnnxShapeOps shapes;
  private final OnnxStateOps states;

  OnnxAttentionOps(OnnxGraphWriter out, OnnxShapeOps shapes, OnnxStateOps states) {
    this.out = out;
    this.shapes = shapes;
    this.states = states;
  }

  String lower(Node node, Attention op) {
    if (OnnxNativeForms.isGrouped(node, op)) {
      return grouped(node, op);
    }
    return OnnxNativeForms.isCross(node, op) ? cross(node, op) : multiHead(node, op);
  }

  /** The operator appends to both caches itself, in place. */
  private String grouped(Node node, Attention op) {
    KvCache cache = Objects.requireNonNull(op.cache());
    String group = cache.key().group();
    OnnxNode attention =
        out.contrib("GroupQueryAttention")
            .with("num_heads", node.input(0).dim(2).size())
            .with("kv_num_heads", cache.key().heads())
            .with("scale", op.scale())
            .with("softcap", op.softcap());
    if (op.window() > 0) {
      attention.with("local_window_size", op.window());
    }
    String result = out.fresh("GroupQueryAttention");
    attention.into(
        List.of(result, OnnxModel.presentName(cache.key()), OnnxModel.presentName(cache.value())),
        joined(node.input(0)),
        joined(node.input(1)),
        joined(node.input(2)),
        out.past(cache.key()),
        out.past(cache.value()),
        out.control(OnnxControl.Kind.LAST, group),
        out.control(OnnxControl.Kind.TOTAL, group));
    return split(node, result);
  }

  private String multiHead(Node node, Attention op) {
    return multiHead(node, op, joined(node.input(1)), joined(node.input(2)), mask(node, op));
  }

  /** Reads the whole buffers; what lies behind their contents is masked. */
  private String cross(Node node, Attention op) {
    KvCache cache = Objects.requireNonNull(op.cache());
    String keys = states.append(cache.key(), out.name(node.input(1)));
    String values = states.append(cache.value(), out.name(node.input(2)));
    return multiHead(node, op, keys, values, filledMask(node, cache.key()));
  }

  private String multiHead(Node node, Attention op, String keys, String values, String mask) {
    String result =
        out.contrib("MultiHeadAttention")
            .with("num_heads", node.input(0).dim(2).size())
            .with("scale", op.scale())
            .on(joined(node.input(0)), keys, values, OnnxNode.ABSENT, OnnxNode.ABSENT, mask);
    return split(node, result);
  }

  /** Returns numbers to add to the products, {@code [rows or 1, heads or 1, new, length]}. */
  private String mask(Node node, Attention op) {
    if (op.grouping() == Grouping.NONE) {
      return op.biased() ? out.name(node.input(3)) : OnnxNode.ABSENT;
    }
    String queries = out.name(node.input(op.idsAt()));
    String keys = out.name(node.input(op.idsAt() + 1));
    String same =
        out.op("Equal")
            .on(
                out.op("Unsqueeze").on(queries, out.longs(1, 3)),
                out.op("Unsqueeze").on(keys, out.longs(1, 2)));
    String visible = op.biased() ? out.name(node.input(3)) : out.scalar(DType.FLOAT, 0);
    return out.op("Where").on(same, visible, out.scalar(DType.FLOAT, MASKED));
  }

  private String filledMask(Node node, State state) {
    Dim tokens = node.input(0).dim(1);
    String capacity =
        out.op("Squeeze")
            .on(out.op("Shape").with("start", 2).with("end", 3).on(OnnxModel.pastName(state)));
    String positions =
        out.op("Range").on(out.scalar(DType.INT, 0), out.toInt(capacity), out.scalar(DType.INT, 1));
    String filled =
        out.op("Less").on(positions, out.control(OnnxControl.Kind.TOTAL, state.group()));
    String line =
        out.op("Where").on(filled, out.scalar(DType.FLOAT, 0), out.scalar(DType.FLOAT, MASKED));
    String shape =
        out.op("Concat")
            .with("axis", 0)
            .on(out.longs(1, 1), out.length(node, tokens), out.longs(1));
    return out.op("Expand").on(line, shape);
  }

  private String joined(Value x) {
    long width = x.dim(2).size() * x.dim(3).size();
    return shapes.reshape(out.name(x), 0, 0, width);
  }

  private String split(Node node, String joined) {
    Value result = node.output();
    return shapes.reshape(joined, 0, 0, result.dim(2).size(), result.dim(3).size());
  }
}

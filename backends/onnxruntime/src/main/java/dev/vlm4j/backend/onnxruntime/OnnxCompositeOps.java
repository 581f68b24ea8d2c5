package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.GatedActivation;
import dev.vlm4j.graph.nn.LayerNorm;
import dev.vlm4j.graph.nn.RmsNorm;
import dev.vlm4j.graph.nn.RotaryEmbedding;
import dev.vlm4j.graph.op.Composite;

/** Native forms of composites; {@link OnnxNativeForms} says which nodes get here. */
final class OnnxCompositeOps {
  private static final double SILU_SLOPE = 1;
  private static final double QUICK_GELU_SLOPE = 1.702;

  private final OnnxGraphWriter out;
  private final OnnxAttentionOps attention;

  OnnxCompositeOps(OnnxGraphWriter out, OnnxAttentionOps attention) {
    this.out = out;
    this.attention = attention;
  }

  String lower(Node node, Composite op) {
    if (op instanceof Attention all) {
      return attention.lower(node, all);
    } else if (op instanceof RmsNorm norm) {
      return rmsNorm(node, norm);
    } else if (op instanceof LayerNorm norm) {
      return layerNorm(node, norm);
    } else if (op instanceof Activation function) {
      return activation(function.kind(), out.name(node.input(0)));
    } else if (op instanceof GatedActivation gated) {
      String gate = activation(gated.kind(), out.name(node.input(0)));
      return out.op("Mul").on(gate, out.name(node.input(1)));
    } else if (op instanceof RotaryEmbedding) {
      return rotary(node);
    }
    throw new IllegalStateException(op + " has no native form");
  }

  private String rmsNorm(Node node, RmsNorm op) {
    return scaledByRootMeanSquare(out.name(node.input(0)), op.epsilon(), out.name(node.input(1)));
  }

  /**
   * The engine's own operator is several times slower than this one, which does not take off the
   * mean; and it takes the variance as the mean square minus the squared mean, which loses digits
   * where the mean is large.
   */
  private String layerNorm(Node node, LayerNorm op) {
    String x = out.name(node.input(0));
    String mean = out.op("ReduceMean").with("keepdims", 1).on(x, out.longs(-1));
    String scaled =
        scaledByRootMeanSquare(out.op("Sub").on(x, mean), op.epsilon(), out.name(node.input(1)));
    return out.op("Add").on(scaled, out.name(node.input(2)));
  }

  private String scaledByRootMeanSquare(String x, double epsilon, String weight) {
    return out.op("SimplifiedLayerNormalization")
        .with("axis", -1)
        .with("epsilon", epsilon)
        .on(x, weight);
  }

  private String activation(Activation.Kind kind, String x) {
    return switch (kind) {
      case GELU -> out.op("Gelu").on(x);
      case GELU_TANH -> out.op("Gelu").with("approximate", "tanh").on(x);
      case QUICK_GELU -> out.contrib("QuickGelu").with("alpha", QUICK_GELU_SLOPE).on(x);
      case SILU -> out.contrib("QuickGelu").with("alpha", SILU_SLOPE).on(x);
      case RELU -> out.op("Relu").on(x);
    };
  }

  /**
   * Every token of every row has its own line in the tables, so that any position can be rotated.
   */
  private String rotary(Node node) {
    Value x = node.input(0);
    long heads = x.dim(2).size();
    long headDim = x.dim(3).size();
    long half = node.input(1).dim(2).size();
    OnnxNode rotation =
        out.contrib("RotaryEmbedding").with("interleaved", 0).with("num_heads", heads);
    if (2 * half < headDim) {
      rotation.with("rotary_embedding_dim", 2 * half);
    }
    String flat = out.op("Reshape").on(out.name(x), out.longs(0, 0, heads * headDim));
    String rotated =
        rotation.on(flat, lines(node), table(node.input(1), half), table(node.input(2), half));
    return out.op("Reshape").on(rotated, out.longs(0, 0, heads, headDim));
  }

  private String table(Value angles, long half) {
    return out.op("Reshape").on(out.name(angles), out.longs(-1, half));
  }

  private String lines(Node node) {
    Dim rows = node.input(0).dim(0);
    Dim tokens = node.input(0).dim(1);
    String shape =
        out.op("Concat").with("axis", 0).on(out.length(node, rows), out.length(node, tokens));
    String count = out.op("ReduceProd").with("keepdims", 0).on(shape);
    String all = out.op("Range").on(out.longScalar(0), count, out.longScalar(1));
    return out.op("Reshape").with("allowzero", 1).on(all, shape);
  }
}

package dev.vlm4j.backend.djl;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.ChannelAttention;
import dev.vlm4j.graph.nn.GatedActivation;
import dev.vlm4j.graph.nn.KvCache;
import dev.vlm4j.graph.nn.LayerNorm;
import dev.vlm4j.graph.nn.RmsNorm;
import dev.vlm4j.graph.nn.RotaryEmbedding;
import dev.vlm4j.graph.op.Op;
import java.util.ArrayList;
import java.util.List;

/** Native forms of composites. */
final class DjlCompositeOps {
  private static final String NO_TENSORS = "annotate(List[Tensor], [])";

  private final ScriptWriter out;
  private final DjlCacheOps caches;

  DjlCompositeOps(ScriptWriter out, DjlCacheOps caches) {
    this.out = out;
    this.caches = caches;
  }

  /** Returns whether the node has a native form; all others must be expanded before. */
  static boolean isNative(Node node) {
    Op op = node.op();
    if (op instanceof Activation activation) {
      return activation.kind() != Activation.Kind.QUICK_GELU;
    }
    if (op instanceof RotaryEmbedding) {
      return 2 * node.input(1).dim(2).size() == node.input(0).dim(3).size();
    }
    return op instanceof GatedActivation gated && gated.kind() != Activation.Kind.QUICK_GELU
        || op instanceof RmsNorm
        || op instanceof LayerNorm
        || op instanceof ChannelAttention
        || op instanceof Attention attention && attention.softcap() == 0;
  }

  String lower(Node node) {
    Op op = node.op();
    if (op instanceof Activation activation) {
      return activation(activation.kind(), out.read(node.input(0)));
    }
    if (op instanceof GatedActivation gated) {
      String gate = activation(gated.kind(), out.read(node.input(0)));
      return "torch.mul(" + gate + ", " + out.read(node.input(1)) + ")";
    }
    if (op instanceof RmsNorm norm) {
      return rmsNorm(node, norm);
    }
    if (op instanceof LayerNorm norm) {
      return layerNorm(node, norm);
    }
    if (op instanceof ChannelAttention channels) {
      return channelAttention(node, channels);
    }
    return op instanceof Attention attention ? attention(node, attention) : rotary(node);
  }

  private static String activation(Activation.Kind kind, String x) {
    return switch (kind) {
      case GELU -> "torch.gelu(" + x + ", approximate=\"none\")";
      case GELU_TANH -> "torch.gelu(" + x + ", approximate=\"tanh\")";
      case SILU -> "torch.silu(" + x + ")";
      case RELU -> "torch.relu(" + x + ")";
      case QUICK_GELU -> throw new IllegalStateException("has no native form");
    };
  }

  /** PyTorch's own scaling would round once, the reference library rounds before and after it. */
  private String rmsNorm(Node node, RmsNorm op) {
    if (out.type(DType.FLOAT) == TorchTypes.FLOAT) {
      return "torch.rms_norm(" + normalised(node) + ", " + op.epsilon() + ")";
    }
    String x = "torch.to(" + out.read(node.input(0)) + ", " + TorchTypes.FLOAT + ")";
    String extent = "[" + node.input(0).dim(-1).size() + "]";
    String normed = "torch.rms_norm(" + x + ", " + extent + ", None, " + op.epsilon() + ")";
    String rounded = "torch.to(" + normed + ", " + out.type(node.output().dtype()) + ")";
    return "torch.mul(" + out.read(node.input(1)) + ", " + rounded + ")";
  }

  private String layerNorm(Node node, LayerNorm op) {
    return "torch.layer_norm(" + normalised(node) + ", " + op.epsilon() + ")";
  }

  private String normalised(Node node) {
    String scale = out.read(node.input(1));
    String shift = node.inputs().size() == 3 ? ", " + out.read(node.input(2)) : "";
    return out.read(node.input(0)) + ", [" + node.input(0).dim(-1).size() + "], " + scale + shift;
  }

  /**
   * Rolling by half a head brings each element's partner to its place, so that tables of doubled
   * cosines and of sines with signs give the rotation in four operators, with the rounding of the
   * expansion.
   */
  private String rotary(Node node) {
    String x = out.read(node.input(0));
    long half = node.input(1).dim(2).size();
    String cos = table(node.input(1), "cos", "");
    String sin = table(node.input(2), "sin", "torch.neg");
    String rolled = "torch.roll(" + x + ", [" + half + "], [3])";
    return "torch.add(torch.mul(" + x + ", " + cos + "), torch.mul(" + rolled + ", " + sin + "))";
  }

  private String table(Value angles, String prefix, String ofLeft) {
    String right = out.read(angles);
    String both = "torch.cat([" + ofLeft + "(" + right + "), " + right + "], 2)";
    return out.once(List.of("rotary", prefix, angles), prefix, "torch.unsqueeze(" + both + ", 2)");
  }

  /** Plain attention in which channels are the positions, and positions the elements of a head. */
  private String channelAttention(Node node, ChannelAttention op) {
    String[] byGroup = new String[3];
    for (int i = 0; i < byGroup.length; i++) {
      byGroup[i] = "torch.permute(" + out.read(node.input(i)) + ", [0, 2, 3, 1])";
    }
    String mixed =
        "torch.scaled_dot_product_attention("
            + String.join(", ", byGroup)
            + ", None, 0., False, scale="
            + op.scale()
            + ")";
    return "torch.permute(" + mixed + ", [0, 3, 1, 2])";
  }

  private String attention(Node node, Attention op) {
    Dim heads = node.input(0).dim(2);
    boolean grouped = !heads.equals(node.input(1).dim(2));
    KvCache cache = op.cache();
    String keys = cache == null ? byHead(node.input(1)) : caches.append(node.input(1), cache.key());
    String values =
        cache == null ? byHead(node.input(2)) : caches.append(node.input(2), cache.value());
    return (grouped ? "self.attend_grouped(" : "self.attend(")
        + String.join(", ", out.read(node.input(0)), keys, values, mask(node, op))
        + ", "
        + op.scale()
        + ")";
  }

  private String byHead(Value x) {
    return "torch.permute(" + out.read(x) + ", [0, 2, 1, 3])";
  }

  /**
   * Returns the expressions for a list of masks, and for whether the engine hides later keys
   * itself.
   */
  private String mask(Node node, Attention op) {
    boolean plain = op.grouping() == Attention.Grouping.NONE && !op.biased();
    if (plain && op.window() == 0 && (!op.causal() || op.cache() == null)) {
      return NO_TENSORS + ", " + (op.causal() ? "True" : "False");
    }
    boolean square = node.input(0).dim(1).equals(node.input(1).dim(1));
    if (plain && square && op.causal() && op.cache() != null) {
      String mask = causalMask(node, op, op.cache().key().group());
      return mask + "[0], " + mask + "[1]";
    }
    return generalMask(node, op) + ", False";
  }

  private String causalMask(Node node, Attention op, String group) {
    int number = out.group(group);
    String added = out.length(node, node.input(0).dim(1));
    String expression =
        "self.causal_mask("
            + String.join(
                ", ", DjlCacheOps.past(number), DjlCacheOps.longest(number), "uniform", added)
            + ", "
            + op.window()
            + ")";
    return out.once(List.of("causal", group, added, op.window()), "mask", expression);
  }

  /** Layers with the same operands share one mask. */
  private String generalMask(Node node, Attention op) {
    String bias = op.biased() ? "[" + out.read(node.input(3)) + "]" : NO_TENSORS;
    boolean all = !op.causal() && op.window() == 0 && op.grouping() == Attention.Grouping.NONE;
    if (all) {
      return bias;
    }
    String seen = visible(node, op);
    return out.once(List.of("mask", seen, bias), "mask", "self.mask(" + seen + ", " + bias + ")");
  }

  private String visible(Node node, Attention op) {
    List<String> arguments = new ArrayList<>(positions(node, op));
    arguments.add(op.causal() ? "True" : "False");
    arguments.add(Integer.toString(op.window()));
    arguments.add(ids(node, op));
    arguments.add(op.grouping() == Attention.Grouping.SPANS ? "True" : "False");
    return out.once(
        List.of("visible", arguments),
        "seen",
        "self.visible(" + String.join(", ", arguments) + ")");
  }

  private List<String> positions(Node node, Attention op) {
    String queries = out.length(node, node.input(0).dim(1));
    if (op.cache() == null) {
      return List.of("[0]", "True", queries, out.length(node, node.input(1).dim(1)));
    }
    int group = out.group(op.cache().key().group());
    String added = out.length(node, node.input(1).dim(1));
    String length = "torch.add(" + DjlCacheOps.longest(group) + ", " + added + ")";
    return List.of(DjlCacheOps.past(group), "uniform", queries, length);
  }

  private String ids(Node node, Attention op) {
    if (op.grouping() == Attention.Grouping.NONE) {
      return NO_TENSORS;
    }
    return "["
        + out.read(node.input(op.idsAt()))
        + ", "
        + out.read(node.input(op.idsAt() + 1))
        + "]";
  }
}

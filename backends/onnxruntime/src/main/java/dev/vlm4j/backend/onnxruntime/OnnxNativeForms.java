package dev.vlm4j.backend.onnxruntime;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Activation;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.Attention.Grouping;
import dev.vlm4j.graph.nn.GatedActivation;
import dev.vlm4j.graph.nn.KvCache;
import dev.vlm4j.graph.nn.LayerNorm;
import dev.vlm4j.graph.nn.RmsNorm;
import dev.vlm4j.graph.nn.RotaryEmbedding;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Which forms of its own the engine has for what a graph says. */
enum OnnxNativeForms implements Predicate<Node> {
  /** All that give the same results as the expansion. */
  ALL,
  /**
   * As {@link #ALL}, with linear layers for a handful of rows. The engine writes the right side of
   * a product into another order before it multiplies, which for so few rows takes as long as the
   * product: so there the weight is the left side.
   */
  FEW_ROWS,
  /**
   * All but grouped attention, whose operator cannot continue several rows by more than one
   * position at once.
   */
  ANY_STEP,
  /** None. */
  NONE;

  /** Measured: products of 2 to 16 rows take 0.5 to 0.93 of the time; of 24, 0.65 to 0.88. */
  private static final int MOST_FEW_ROWS = 16;

  private static final Set<Class<?>> ALWAYS =
      Set.of(
          RmsNorm.class,
          LayerNorm.class,
          Activation.class,
          GatedActivation.class,
          RotaryEmbedding.class);
  private static final int HEAD_DIM_STEP = 8;

  @Override
  public boolean test(Node node) {
    if (this == NONE) {
      return false;
    }
    if (node.op() instanceof Attention op) {
      boolean grouped = this != ANY_STEP && isGrouped(node, op);
      return grouped || isCross(node, op) || isMultiHead(node, op);
    }
    return ALWAYS.contains(node.op().getClass());
  }

  /** Returns whether linear layers have the weight as the left side of their product. */
  boolean weightsFirst() {
    return this == FEW_ROWS;
  }

  /** Returns whether {@link #FEW_ROWS} is the form for products of so many rows. */
  static boolean areFew(long rows) {
    return rows > 1 && rows <= MOST_FEW_ROWS;
  }

  /** Returns the groups of states that grouped attention keeps. */
  Set<String> groupedStates(Graph graph) {
    Set<String> groups = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Attention op && test(node) && isGrouped(node, op)) {
        groups.add(Objects.requireNonNull(op.cache()).key().group());
      }
    }
    return groups;
  }

  /** GroupQueryAttention: causal over a cache. */
  static boolean isGrouped(Node node, Attention op) {
    KvCache cache = op.cache();
    return cache != null
        && op.causal()
        && isPlain(op)
        && cache.key().headDim() == cache.value().headDim()
        && cache.key().headDim() % HEAD_DIM_STEP == 0;
  }

  /** MultiHeadAttention over a cache in which every position is visible. */
  static boolean isCross(Node node, Attention op) {
    return op.cache() != null && !op.causal() && isPlain(op) && isUncapped(node, op);
  }

  private static boolean isPlain(Attention op) {
    return !op.biased() && op.grouping() == Grouping.NONE;
  }

  /** MultiHeadAttention without a cache, with a mask for segments and bias. */
  static boolean isMultiHead(Node node, Attention op) {
    return op.cache() == null
        && !op.causal()
        && isUncapped(node, op)
        && (!op.biased() || isWholeBias(node));
  }

  private static boolean isUncapped(Node node, Attention op) {
    boolean everyHead = node.input(0).dim(2).equals(node.input(1).dim(2));
    return everyHead && op.softcap() == 0 && op.window() == 0;
  }

  private static boolean isWholeBias(Node node) {
    Value bias = node.input(3);
    Dim one = Dim.fixed(1);
    return bias.rank() == 4
        && bias.dim(2).equals(node.input(0).dim(1))
        && bias.dim(3).equals(node.input(1).dim(1))
        && (bias.dim(1).equals(one) || bias.dim(1).equals(node.input(0).dim(2)))
        && (bias.dim(0).equals(one) || bias.dim(0).equals(node.input(0).dim(0)));
  }
}

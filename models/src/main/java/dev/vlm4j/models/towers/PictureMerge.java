package dev.vlm4j.models.towers;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Binary;

/** Puts the features of pictures into the places that a prompt has for them. */
public final class PictureMerge {
  /** The number of a position that shows a token, not a feature. */
  public static final int TOKEN = -1;

  private PictureMerge() {}

  /**
   * Returns features where there is one, embedded tokens elsewhere.
   *
   * @param at where the nodes belong
   * @param embedded tokens {@code [rows, positions, hiddenSize]}
   * @param features at least one {@code [features, hiddenSize]}
   * @param index integers {@code [rows, positions]}: the number of the feature of a position, or
   *     {@link #TOKEN}
   */
  public static Value merge(Scope at, Value embedded, Value features, Value index) {
    return at.select(isFeature(at, index), perPosition(at, features, index), embedded);
  }

  /**
   * Returns states to which a feature is added where there is one; operands as in {@link #merge}.
   */
  public static Value add(Scope at, Value states, Value features, Value index) {
    Value sum = at.add(states, perPosition(at, features, index));
    return at.select(isFeature(at, index), sum, states);
  }

  private static Value isFeature(Scope at, Value index) {
    Value flags = at.lessOrEqual(at.scalar(DType.INT, 0), index);
    return at.reshape(flags, flags.dim(0), flags.dim(1), Dim.fixed(1));
  }

  private static Value perPosition(Scope at, Value features, Value index) {
    Value row = at.binary(Binary.Function.MAX, index, at.scalar(DType.INT, 0));
    return at.gather(features, 0, row);
  }
}

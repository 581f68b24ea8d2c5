package dev.vlm4j.graph.nn;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.TensorType;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.graph.op.Composite;
import dev.vlm4j.graph.op.Unary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scaled dot product attention, all variants: grouped heads, cache, causal, window, bias, segments,
 * spans.
 *
 * <p>Operands: queries {@code [rows, new, heads, headDim]}, keys {@code [rows, keys, kvHeads,
 * headDim]} and values {@code [rows, keys, kvHeads, valueDim]}; then, if {@code biased}, a bias
 * that broadcasts to {@code [rows, heads, new, length]}; then, if grouped, integer ids of the
 * queries {@code [rows, new]} and of the keys {@code [rows, length]}. Result: {@code [rows, new,
 * heads, valueDim]}. Head {@code h} reads key-value head {@code h / (heads / kvHeads)}. With a
 * cache, keys and values are the new ones only; {@code length} is the cache's length after they are
 * appended. The softmax is computed in 32 bits.
 *
 * <p>Sources: Vaswani et al. 2017, <a href="https://arxiv.org/abs/1706.03762">arXiv:1706.03762</a>;
 * {@code eager_attention_forward} of the reference library.
 *
 * @param scale factor on the products of queries and keys
 * @param softcap products become {@code softcap * tanh(product / softcap)}; 0 for none
 * @param causal whether a query sees no later position than its own
 * @param window a query at position q sees positions greater than {@code q - window} only; 0 for
 *     all
 * @param grouping what the ids mean
 * @param biased whether there is a bias operand
 * @param cache the caches to append to, or null
 */
public record Attention(
    double scale,
    double softcap,
    boolean causal,
    int window,
    Grouping grouping,
    boolean biased,
    @Nullable KvCache cache)
    implements Composite {
  private static final double MASKED = -Float.MAX_VALUE;

  /** Meaning of the ids of queries and keys. */
  public enum Grouping {
    /** There are no ids. */
    NONE,
    /** A query sees keys of its own id only: packed pictures, windows, padding. */
    SEGMENTS,
    /** A query also sees keys of its own id that causality hides, unless the id is 0. */
    SPANS
  }

  /** Rejects impossible attributes. */
  public Attention {
    Operands.require(softcap >= 0 && window >= 0, "softcap and window must not be negative");
    Operands.require(causal || grouping != Grouping.SPANS, "spans need causal attention");
  }

  /** Returns attention in which every query sees every key. */
  public static Attention full(double scale) {
    return new Attention(scale, 0, false, 0, Grouping.NONE, false, null);
  }

  /** Returns causal attention over a cache. */
  public static Attention cached(double scale, KvCache cache) {
    return new Attention(scale, 0, true, 0, Grouping.NONE, false, cache);
  }

  /** Returns the position of the query ids among the operands. */
  public int idsAt() {
    return biased ? 4 : 3;
  }

  @Override
  public TensorType infer(List<TensorType> inputs) {
    Operands.count(inputs, 3 + (biased ? 1 : 0) + (grouping == Grouping.NONE ? 0 : 2));
    TensorType q = inputs.get(0);
    TensorType k = inputs.get(1);
    TensorType v = inputs.get(2);
    for (TensorType type : inputs.subList(0, 3)) {
      Operands.require(type.dtype() == q.dtype() && type.rank() == 4, type + " has no heads");
    }
    Operands.require(
        k.dim(0).equals(q.dim(0))
            && k.dim(3).equals(q.dim(3))
            && v.shape().with(3, k.dim(3)).equals(k.shape())
            && q.dim(2).size() % k.dim(2).size() == 0,
        "queries " + q + ", keys " + k + " and values " + v + " do not fit");
    checkIds(inputs);
    return q.as(q.shape().with(3, v.dim(3)));
  }

  private void checkIds(List<TensorType> inputs) {
    if (grouping != Grouping.NONE) {
      TensorType q = inputs.get(0);
      TensorType queryIds = inputs.get(idsAt());
      TensorType keyIds = inputs.get(idsAt() + 1);
      Operands.require(
          queryIds.equals(new TensorType(DType.INT, Shape.of(q.dim(0), q.dim(1))))
              && keyIds.equals(new TensorType(DType.INT, Shape.of(q.dim(0), length(inputs)))),
          "ids " + queryIds + " and " + keyIds + " do not fit");
    }
  }

  private Dim length(List<TensorType> inputs) {
    return cache == null ? inputs.get(1).dim(1) : CacheAppend.length(cache.key().group());
  }

  @Override
  public Value expand(Scope at, List<Value> inputs) {
    Value q = inputs.get(0);
    Value keys = byHead(at, inputs.get(1), true);
    Value values = byHead(at, inputs.get(2), false);
    Dim kvHeads = keys.dim(1);
    Dim group = Dim.fixed(q.dim(2).size() / kvHeads.size());
    Value grouped =
        at.reshape(at.permute(q, 0, 2, 1, 3), q.dim(0), kvHeads, group, q.dim(1), q.dim(3));
    Value scores = at.matMulTransposed(grouped, perGroup(at, keys));
    Value capped = cap(at, at.mul(scores, scale));
    if (biased) {
      capped = at.add(capped, groupedBias(at, inputs.get(3), kvHeads, group));
    }
    Value weights = softmax(at, mask(at, capped, inputs, keys));
    Value mixed = at.matMul(weights, perGroup(at, values));
    Value heads = at.reshape(mixed, q.dim(0), q.dim(2), q.dim(1), values.dim(3));
    return at.permute(heads, 0, 2, 1, 3);
  }

  private Value byHead(Scope at, Value x, boolean key) {
    if (cache == null) {
      return at.permute(x, 0, 2, 1, 3);
    }
    return at.cacheAppend(key ? cache.key() : cache.value(), x);
  }

  private static Value perGroup(Scope at, Value x) {
    return at.reshape(x, x.dim(0), x.dim(1), Dim.fixed(1), x.dim(2), x.dim(3));
  }

  private static Value groupedBias(Scope at, Value bias, Dim kvHeads, Dim group) {
    boolean perHead = !bias.dim(1).equals(Dim.fixed(1));
    return at.reshape(
        bias,
        bias.dim(0),
        perHead ? kvHeads : Dim.fixed(1),
        perHead ? group : Dim.fixed(1),
        bias.dim(2),
        bias.dim(3));
  }

  private Value cap(Scope at, Value scores) {
    if (softcap == 0) {
      return scores;
    }
    return at.mul(at.unary(Unary.Function.TANH, at.mul(scores, 1 / softcap)), softcap);
  }

  private static Value softmax(Scope at, Value scores) {
    return at.cast(at.softmax(at.cast(scores, DType.FLOAT32), -1), scores.dtype());
  }

  private Value mask(Scope at, Value scores, List<Value> inputs, Value keys) {
    Value visible = visible(at, inputs, keys);
    return visible == null ? scores : at.select(visible, scores, at.scalar(scores.dtype(), MASKED));
  }

  /** Returns which keys each query sees, {@code [rows or 1, 1, 1, new, length]}; null for all. */
  private @Nullable Value visible(Scope at, List<Value> inputs, Value keys) {
    Value byPosition = visibleByPosition(at, inputs.get(0), keys);
    if (grouping == Grouping.NONE) {
      return byPosition;
    }
    Value queryIds = asQueries(at, inputs.get(idsAt()));
    Value keyIds = asKeys(at, inputs.get(idsAt() + 1));
    Value same = at.equal(queryIds, keyIds);
    if (grouping == Grouping.SEGMENTS) {
      return byPosition == null ? same : at.and(byPosition, same);
    }
    Value inSpan = at.less(at.scalar(DType.INT, 0), queryIds);
    Value causalOrSpan = at.or(notLater(at, inputs.get(0), keys), at.and(same, inSpan));
    return window == 0 ? causalOrSpan : at.and(causalOrSpan, inWindow(at, inputs.get(0), keys));
  }

  private @Nullable Value visibleByPosition(Scope at, Value q, Value keys) {
    if (causal && window > 0) {
      return at.and(notLater(at, q, keys), inWindow(at, q, keys));
    }
    if (causal) {
      return notLater(at, q, keys);
    }
    return window > 0 ? inWindow(at, q, keys) : null;
  }

  private Value notLater(Scope at, Value q, Value keys) {
    return at.lessOrEqual(at.iota(keys, 2), queryPositions(at, q));
  }

  private Value inWindow(Scope at, Value q, Value keys) {
    return at.less(at.add(queryPositions(at, q), -window), at.iota(keys, 2));
  }

  private Value queryPositions(Scope at, Value q) {
    Value steps = at.iota(q, 1);
    Dim one = Dim.fixed(1);
    if (cache == null) {
      return at.reshape(steps, one, one, one, q.dim(1), one);
    }
    Value past = at.cacheLength(cache.key().group(), q.dim(0));
    Value start = at.reshape(past, q.dim(0), one);
    Value positions = at.add(start, at.reshape(steps, one, q.dim(1)));
    return asQueries(at, positions);
  }

  private static Value asQueries(Scope at, Value ids) {
    Dim one = Dim.fixed(1);
    return at.reshape(ids, ids.dim(0), one, one, ids.dim(1), one);
  }

  private static Value asKeys(Scope at, Value ids) {
    Dim one = Dim.fixed(1);
    return at.reshape(ids, ids.dim(0), one, one, one, ids.dim(1));
  }
}

package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.GraphBuilder;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.KvCache;
import dev.vlm4j.graph.nn.RmsNorm;
import dev.vlm4j.spi.Tensor;
import java.util.Arrays;
import java.util.Map;

/** A causal decoder of two layers with cache; two query heads share a key-value head. */
final class TinyDecoder {
  static final int VOCABULARY = 11;

  private static final int HIDDEN = 12;
  private static final int HEADS = 4;
  private static final int KV_HEADS = 2;
  private static final int HEAD_DIM = 3;
  private static final int LAYERS = 2;

  private TinyDecoder() {}

  static Graph graph() {
    GraphBuilder builder = new GraphBuilder("decoder");
    Dim rows = Dim.symbol("rows");
    Dim sequence = Dim.symbol("sequence");
    Value ids = builder.input("input_ids", DType.INT, rows, sequence);
    Scope root = builder.root();
    // computed, so that it is the engine that finds a wrong one
    Value computed = root.add(ids, root.scalar(DType.INT, 0));
    Value hidden = root.gather(root.at("embed").weight("weight", VOCABULARY, HIDDEN), 0, computed);
    for (int layer = 0; layer < LAYERS; layer++) {
      hidden = layer(builder, root.at("layers").at(layer), layer, hidden);
    }
    builder.output("logits", root.linear("head", hidden, VOCABULARY, true));
    builder.output("lengths", root.cacheLength(State.SELF, rows));
    return builder.build();
  }

  private static Value layer(GraphBuilder builder, Scope at, int number, Value x) {
    KvCache cache =
        new KvCache(
            builder.state("key" + number, KV_HEADS, HEAD_DIM, State.SELF),
            builder.state("value" + number, KV_HEADS, HEAD_DIM, State.SELF));
    Value normed = RmsNorm.module(at.at("norm"), x, 1e-6);
    Value q = heads(at, at.linear("q", normed, HEADS * HEAD_DIM, false), HEADS);
    Value k = heads(at, at.linear("k", normed, KV_HEADS * HEAD_DIM, true), KV_HEADS);
    Value v = heads(at, at.linear("v", normed, KV_HEADS * HEAD_DIM, true), KV_HEADS);
    Value mixed = at.apply(Attention.cached(1 / Math.sqrt(HEAD_DIM), cache), q, k, v);
    Value flat = at.reshape(mixed, x.dim(0), x.dim(1), Dim.fixed(HEADS * HEAD_DIM));
    return at.add(x, at.linear("o", flat, HIDDEN, false));
  }

  private static Value heads(Scope at, Value x, int count) {
    return at.reshape(x, x.dim(0), x.dim(1), Dim.fixed(count), Dim.fixed(HEAD_DIM));
  }

  static Map<String, Tensor> ids(int rows, int... ids) {
    return Map.of("input_ids", Tensor.of(ids, rows, ids.length / rows));
  }

  /** Returns the logits of one position of one row. */
  static float[] logits(Map<String, Tensor> results, int row, int position) {
    Tensor logits = results.get("logits");
    int start = (int) (row * logits.size(1) + position) * VOCABULARY;
    return Arrays.copyOfRange(logits.floats(), start, start + VOCABULARY);
  }
}

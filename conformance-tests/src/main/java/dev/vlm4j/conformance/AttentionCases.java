package dev.vlm4j.conformance;

import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.State;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.nn.Attention;
import dev.vlm4j.graph.nn.ChannelAttention;
import dev.vlm4j.graph.nn.KvCache;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.spi.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cases of attention: every combination of attributes that a model uses, and some more. */
final class AttentionCases {
  private static final double SCALE = 0.4;
  private static final double SOFTCAP = 2;
  private static final int CAPACITY = 16;

  private final CaseList list = new CaseList();

  private AttentionCases() {}

  static List<ConformanceCase> all() {
    AttentionCases cases = new AttentionCases();
    cases.full();
    cases.causal();
    cases.cached();
    cases.twoLayers();
    cases.crossCached();
    cases.channels();
    return cases.list.cases();
  }

  /** The sizes of a case; the defaults are equal heads and six elements a head. */
  private record Sizes(int heads, int kvHeads, int valueDim, String rows, String keys) {
    static final Sizes EQUAL = new Sizes(4, 4, 6, "2", "n");
    static final Sizes GROUPED = EQUAL.heads(4, 2);
    static final Sizes CACHED = new Sizes(4, 2, 6, "rows", "n");

    Sizes heads(int queries, int keyValues) {
      return new Sizes(queries, keyValues, valueDim, rows, keys);
    }

    Sizes valueDim(int elements) {
      return new Sizes(heads, kvHeads, elements, rows, keys);
    }

    Sizes cross() {
      return new Sizes(heads, kvHeads, valueDim, rows, "keys");
    }
  }

  /** The attributes of a case. */
  private record Rules(
      boolean causal, double softcap, int window, Attention.Grouping grouping, String bias) {
    static final Rules FULL = new Rules(false, 0, 0, Attention.Grouping.NONE, "");
    static final Rules CAUSAL = new Rules(true, 0, 0, Attention.Grouping.NONE, "");

    Rules capped() {
      return new Rules(causal, SOFTCAP, window, grouping, bias);
    }

    Rules window(int positions) {
      return new Rules(causal, softcap, positions, grouping, bias);
    }

    Rules segments() {
      return new Rules(causal, softcap, window, Attention.Grouping.SEGMENTS, bias);
    }

    Rules spans() {
      return new Rules(causal, softcap, window, Attention.Grouping.SPANS, bias);
    }

    /** Adds a bias whose first two axes are given. */
    Rules bias(String leading) {
      return new Rules(causal, softcap, window, grouping, leading);
    }

    Attention operator(KvCache cache) {
      return new Attention(SCALE, softcap, causal, window, grouping, !bias.isEmpty(), cache);
    }

    Attention operator() {
      return new Attention(SCALE, softcap, causal, window, grouping, !bias.isEmpty(), null);
    }
  }

  private void full() {
    add("full", Sizes.EQUAL, Rules.FULL);
    add("full_gqa2", Sizes.GROUPED, Rules.FULL);
    add("full_gqa7", Sizes.EQUAL.heads(14, 2), Rules.FULL);
    add("full_mqa", Sizes.EQUAL.heads(4, 1), Rules.FULL);
    add("full_cross", Sizes.GROUPED.cross(), Rules.FULL);
    add("full_value_dim", Sizes.GROUPED.valueDim(9), Rules.FULL);
    add("full_softcap", Sizes.EQUAL, Rules.FULL.capped());
    add("full_window", Sizes.EQUAL, Rules.FULL.window(2));
    add("full_bias_shared", Sizes.GROUPED, Rules.FULL.bias("1,1"));
    add("full_bias_heads", Sizes.GROUPED, Rules.FULL.bias("1,4"));
    add("full_bias_rows", Sizes.GROUPED, Rules.FULL.bias("2,1"));
    add("full_bias_all", Sizes.GROUPED, Rules.FULL.bias("2,4"));
    add("full_segments", Sizes.GROUPED, Rules.FULL.segments());
    add("full_segments_cross", Sizes.EQUAL.cross(), Rules.FULL.segments());
    add("full_segments_bias", Sizes.EQUAL, Rules.FULL.segments().bias("1,4"));
  }

  private void causal() {
    add("causal", Sizes.EQUAL, Rules.CAUSAL);
    add("causal_gqa2", Sizes.GROUPED, Rules.CAUSAL);
    add("causal_gqa7", Sizes.EQUAL.heads(7, 1), Rules.CAUSAL);
    add("causal_value_dim", Sizes.EQUAL.valueDim(4), Rules.CAUSAL);
    add("causal_window", Sizes.EQUAL, Rules.CAUSAL.window(2));
    add("causal_softcap", Sizes.GROUPED, Rules.CAUSAL.capped());
    add("causal_softcap_window", Sizes.EQUAL, Rules.CAUSAL.capped().window(3));
    add("causal_bias", Sizes.GROUPED, Rules.CAUSAL.bias("1,4"));
    add("causal_segments", Sizes.EQUAL, Rules.CAUSAL.segments());
    add("causal_spans", Sizes.GROUPED, Rules.CAUSAL.spans());
    add("causal_spans_window", Sizes.EQUAL, Rules.CAUSAL.spans().window(2));
  }

  private void channels() {
    channels("one_group", "2,5,1,4");
    channels("groups", "2,5,3,4");
    channels("any_length", "1,n,2,6");
  }

  private void channels(String name, String shape) {
    list.add(
        "channel_attention." + name,
        g -> {
          Value query = g.in("q", shape);
          ChannelAttention op = new ChannelAttention(SCALE);
          g.out(g.at().apply(op, query, g.in("k", shape), g.in("v", shape)));
        });
  }

  private void add(String name, Sizes sizes, Rules rules) {
    list.add(
        "attention." + name,
        g -> g.out(g.at().apply(rules.operator(), operands(g, sizes, rules, sizes.keys()))));
  }

  private static List<Value> operands(CaseGraph g, Sizes sizes, Rules rules, String length) {
    List<Value> operands = new ArrayList<>();
    operands.add(g.in("q", sizes.rows() + ",n," + sizes.heads() + ",6"));
    String keys = sizes.rows() + "," + sizes.keys() + "," + sizes.kvHeads() + ",";
    operands.add(g.in("k", keys + "6"));
    operands.add(g.in("v", keys + sizes.valueDim()));
    if (!rules.bias().isEmpty()) {
      operands.add(g.in("bias", rules.bias() + ",n," + length));
    }
    if (rules.grouping() != Attention.Grouping.NONE) {
      operands.add(g.ints("query_ids", sizes.rows() + ",n"));
      operands.add(g.ints("key_ids", sizes.rows() + "," + length));
    }
    return operands;
  }

  private void cached() {
    cached("cached", 2, Sizes.CACHED, Rules.CAUSAL);
    cached("cached_one_row", 1, Sizes.CACHED, Rules.CAUSAL);
    cached("cached_equal_heads", 2, Sizes.CACHED.heads(4, 4), Rules.CAUSAL);
    cached("cached_gqa7", 2, Sizes.CACHED.heads(7, 1), Rules.CAUSAL);
    cached("cached_value_dim", 2, Sizes.CACHED.valueDim(9), Rules.CAUSAL);
    cached("cached_window", 1, Sizes.CACHED, Rules.CAUSAL.window(2));
    cached("cached_softcap", 2, Sizes.CACHED, Rules.CAUSAL.capped());
    cached("cached_softcap_window", 2, Sizes.CACHED, Rules.CAUSAL.capped().window(3));
    cached("cached_bias", 2, Sizes.CACHED, Rules.CAUSAL.bias("1,4"));
    cached("cached_segments", 1, Sizes.CACHED, Rules.CAUSAL.segments());
    cached("cached_spans", 1, Sizes.CACHED, Rules.CAUSAL.spans());
    cached("cached_spans_window", 2, Sizes.CACHED, Rules.CAUSAL.spans().window(3));
    cached("cached_full", 2, Sizes.CACHED, Rules.FULL);
  }

  private void cached(String name, int rows, Sizes sizes, Rules rules) {
    list.add(
        "attention." + name,
        new SessionOptions(rows, Map.of(State.SELF, CAPACITY)),
        g -> {
          KvCache cache = cache(g, 0, sizes.kvHeads(), sizes.valueDim(), State.SELF);
          String length = CacheAppend.length(State.SELF).toString();
          g.out(g.at().apply(rules.operator(cache), operands(g, sizes, rules, length)));
        });
  }

  private static KvCache cache(CaseGraph g, int layer, int heads, int valueDim, String group) {
    return new KvCache(
        g.state("layers." + layer + ".key", heads, 6, group),
        g.state("layers." + layer + ".value", heads, valueDim, group));
  }

  private void twoLayers() {
    list.add(
        "attention.cached_two_layers",
        new SessionOptions(2, Map.of(State.SELF, CAPACITY)),
        g -> {
          Scope at = g.at();
          List<Value> first = operands(g, Sizes.CACHED, Rules.CAUSAL, "");
          List<Value> second = List.of(first.get(0), at.mul(first.get(1), 2), first.get(2));
          Attention global = Rules.CAUSAL.operator(cache(g, 0, 2, 6, State.SELF));
          Attention local = Rules.CAUSAL.window(2).operator(cache(g, 1, 2, 6, State.SELF));
          g.out("y0", at.apply(global, first));
          g.out("y1", at.apply(local, second));
        });
  }

  private void crossCached() {
    crossCached("cross_cached", Rules.FULL);
    crossCached("cross_cached_segments", Rules.FULL.segments());
  }

  private void crossCached(String name, Rules rules) {
    Sizes sizes = new Sizes(4, 2, 6, "rows", "encoded");
    list.add(
        "attention." + name,
        new SessionOptions(2, Map.of(State.CROSS, CAPACITY)),
        g -> {
          KvCache cache = cache(g, 0, sizes.kvHeads(), sizes.valueDim(), State.CROSS);
          String length = CacheAppend.length(State.CROSS).toString();
          g.out(g.at().apply(rules.operator(cache), operands(g, sizes, rules, length)));
        });
  }
}

package dev.vlm4j.conformance;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.State;
import dev.vlm4j.spi.SessionOptions;
import java.util.List;
import java.util.Map;

/** Cases of appends to caches and of their lengths. */
final class CacheCases {
  private static final int CAPACITY = 8;

  private CacheCases() {}

  static List<ConformanceCase> all() {
    CaseList list = new CaseList();
    list.add("cache.steps", new SessionOptions(2, Map.of(State.SELF, CAPACITY)), CacheCases::steps);
    list.add(
        "cache.truncate",
        new SessionOptions(1, Map.of(State.SELF, CAPACITY)),
        g -> {
          State state = g.state("layers.0.key", 2, 3, State.SELF);
          g.out(g.at().cacheAppend(state, g.in("x", "rows,new,2,3")));
          g.out("past", g.at().cacheLength(State.SELF, Dim.symbol("rows")));
        });
    list.add(
        "cache.two_groups",
        new SessionOptions(1, Map.of(State.SELF, CAPACITY, State.CROSS, CAPACITY)),
        CacheCases::twoGroups);
    return list.cases();
  }

  private static void steps(CaseGraph g) {
    State key = g.state("layers.0.key", 2, 3, State.SELF);
    State value = g.state("layers.0.value", 2, 5, State.SELF);
    g.out("keys", g.at().cacheAppend(key, g.in("k", "rows,new,2,3")));
    g.out("values", g.at().cacheAppend(value, g.in("v", "rows,new,2,5")));
    g.out("past", g.at().cacheLength(State.SELF, Dim.symbol("rows")));
  }

  private static void twoGroups(CaseGraph g) {
    State self = g.state("self", 1, 2, State.SELF);
    State cross = g.state("cross", 1, 2, State.CROSS);
    g.out("self", g.at().cacheAppend(self, g.in("x", "rows,new,1,2")));
    g.out("cross", g.at().cacheAppend(cross, g.in("e", "rows,encoded,1,2")));
    g.out("past_self", g.at().cacheLength(State.SELF, Dim.symbol("rows")));
    g.out("past_cross", g.at().cacheLength(State.CROSS, Dim.symbol("rows")));
  }
}

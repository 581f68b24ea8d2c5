package dev.vlm4j.conformance;

import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Slice;
import java.util.List;
import java.util.function.BiFunction;

/** Cases of reshape, permute, expand, slice, concat, pad and iota, and of whole graphs. */
final class ShapeCases {
  private static final Dim N = Dim.symbol("n");

  private final CaseList list = new CaseList();

  private ShapeCases() {}

  static List<ConformanceCase> all() {
    ShapeCases cases = new ShapeCases();
    cases.reshape();
    cases.permute();
    cases.expand();
    cases.slice();
    cases.concat();
    cases.pad();
    cases.iota();
    cases.graph();
    return cases.list.cases();
  }

  /** Adds a case for every element type. */
  private void typed(String name, String shape, BiFunction<Scope, Value, Value> operator) {
    for (Element element : Element.values()) {
      list.add(
          name + "." + element.label(),
          g -> g.out(operator.apply(g.at(), g.in("x", element, shape))));
    }
  }

  private void floats(String name, String shape, BiFunction<Scope, Value, Value> operator) {
    list.add(name, g -> g.out(operator.apply(g.at(), g.in("x", shape))));
  }

  private static BiFunction<Scope, Value, Value> reshapeTo(String shape) {
    return (at, x) -> at.reshape(x, CaseGraph.dims(shape));
  }

  private void reshape() {
    typed("reshape.split", "4,6", reshapeTo("4,2,3"));
    typed("reshape.merge", "2,3,4", reshapeTo("6,4"));
    typed("reshape.to_scalar", "1,1", reshapeTo(""));
    typed("reshape.from_scalar", "", reshapeTo("1,1"));
    floats("reshape.symbolic", "n,6", reshapeTo("n,2,3"));
    floats("reshape.symbol_times", "n,6", (at, x) -> at.reshape(x, N.times(3), Dim.fixed(2)));
    floats("reshape.symbol_divided", "n,2", (at, x) -> at.reshape(x, N.dividedBy(4), Dim.fixed(8)));
    floats("reshape.two_symbols", "n,m,4", reshapeTo("n,m,2,2"));
  }

  private void permute() {
    typed("permute.matrix", "2,3", (at, x) -> at.permute(x, 1, 0));
    typed("permute.cycle", "2,3,4", (at, x) -> at.permute(x, 2, 0, 1));
    typed("permute.heads", "2,3,4,5", (at, x) -> at.permute(x, 0, 2, 1, 3));
    typed("permute.six", "2,3,1,2,2,3", (at, x) -> at.permute(x, 0, 3, 5, 1, 4, 2));
    typed("permute.identity", "5", (at, x) -> at.permute(x, 0));
    floats("permute.symbolic", "n,2,3", (at, x) -> at.permute(x, 1, 0, 2));
  }

  private static BiFunction<Scope, Value, Value> expandTo(String shape) {
    return (at, x) -> at.expand(x, CaseGraph.dims(shape));
  }

  private void expand() {
    typed("expand.row", "1,3", expandTo("2,3"));
    typed("expand.middle", "2,1,3", expandTo("2,4,3"));
    typed("expand.in_front", "3", expandTo("2,2,3"));
    typed("expand.scalar", "", expandTo("2,3"));
    floats("expand.own_symbol", "n,1", expandTo("n,4"));
    list.add(
        "expand.symbolic",
        g -> {
          Value x = g.in("x", "1,3");
          g.ints("like", "n");
          g.out(g.at().expand(x, N, Dim.fixed(3)));
        });
  }

  private void slice() {
    typed("slice.front", "5,3", (at, x) -> at.slice(x, 0, 0, 2));
    typed("slice.middle", "2,6,2", (at, x) -> at.slice(x, 1, 1, 4));
    typed("slice.to_end", "2,5", (at, x) -> at.slice(x, 1, 3, Slice.TO_END));
    typed("slice.last", "2,5", (at, x) -> at.slice(x, 1, 4, 5));
    floats("slice.symbolic_to_end", "n,2", (at, x) -> at.slice(x, 0, 2, Slice.TO_END));
    floats("slice.symbolic_fixed", "n,2", (at, x) -> at.slice(x, 0, 1, 3));
    floats("slice.other_axis", "n,4", (at, x) -> at.slice(x, 1, 1, 3));
  }

  private void concat() {
    for (Element element : Element.values()) {
      list.add(
          "concat.axis0_" + element.label(),
          g -> g.out(g.at().concat(0, g.in("a", element, "2,3"), g.in("b", element, "1,3"))));
      list.add(
          "concat.three_" + element.label(),
          g -> {
            Value a = g.in("a", element, "2,1");
            Value b = g.in("b", element, "2,3");
            g.out(g.at().concat(-1, a, b, g.in("c", element, "2,2")));
          });
    }
    list.add("concat.middle", g -> g.out(g.at().concat(1, g.in("a", "2,1,3"), g.in("b", "2,2,3"))));
    list.add("concat.one_operand", g -> g.out(g.at().concat(0, g.in("a", "2,3"))));
    list.add("concat.symbolic", g -> g.out(g.at().concat(0, g.in("a", "n,3"), g.in("b", "2,3"))));
    list.add("concat.other_axis", g -> g.out(g.at().concat(1, g.in("a", "n,1"), g.in("b", "n,2"))));
  }

  private void pad() {
    floats("pad.before", "2,3,2", (at, x) -> at.pad(x, 1, 2, 0));
    floats("pad.after", "2,3,2", (at, x) -> at.pad(x, 1, 0, 3));
    floats("pad.both", "2,3,2", (at, x) -> at.pad(x, 1, 1, 2));
    floats("pad.none", "2,3,2", (at, x) -> at.pad(x, 1, 0, 0));
    floats("pad.symbolic", "n,2", (at, x) -> at.pad(x, 0, 1, 2));
    list.add("pad.float32", g -> g.out(g.at().pad(g.in("x", Element.FLOAT32, "2,3"), 1, 1, 1)));
  }

  private void iota() {
    for (Element element : Element.values()) {
      list.add("iota." + element.label(), g -> g.out(g.at().iota(g.in("x", element, "3,4"), 1)));
    }
    floats("iota.symbolic", "n,2", (at, x) -> at.iota(x, 0));
  }

  private void graph() {
    list.add(
        "graph.shared_values",
        g -> {
          Value x = g.in("x", "2,3");
          g.ints("unused", "2");
          Value sum = g.at().add(x, x);
          g.out("same", x);
          g.out("sum", sum);
          g.out("again", sum);
        });
    list.add(
        "graph.weight_is_output",
        g -> {
          Value weight = g.at().weight("w", 2, 3);
          g.out("w", weight);
          g.out("plus_one", g.at().add(weight, 1));
        });
  }
}

package dev.vlm4j.conformance;

import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Reduce;
import java.util.List;

/** Cases of reduce, softmax and argmax. */
final class ReductionCases {
  private interface AlongAxis {
    Value of(Scope at, Value x, int axis);
  }

  private final CaseList list = new CaseList();

  private ReductionCases() {}

  static List<ConformanceCase> all() {
    ReductionCases cases = new ReductionCases();
    cases.family("reduce.sum.", (at, x, axis) -> at.reduce(Reduce.Function.SUM, x, axis));
    cases.family("reduce.mean.", (at, x, axis) -> at.reduce(Reduce.Function.MEAN, x, axis));
    cases.family("reduce.max.", (at, x, axis) -> at.reduce(Reduce.Function.MAX, x, axis));
    cases.family("softmax.", Scope::softmax);
    cases.family("argmax.", Scope::argMax);
    cases.special();
    return cases.list.cases();
  }

  private void family(String name, AlongAxis operator) {
    for (int axis = 0; axis < 3; axis++) {
      add(name + "axis" + axis, operator, "3,4,5", axis);
    }
    list.add(
        name + "float32", g -> g.out(operator.of(g.at(), g.in("x", Element.FLOAT32, "3,4"), 1)));
    add(name + "vector", operator, "7", 0);
    add(name + "one_element", operator, "3,1", 1);
    add(name + "long", operator, "2,1000", 1);
    add(name + "symbolic", operator, "2,n", 1);
    add(name + "other_axis_symbolic", operator, "n,4", 1);
  }

  private void add(String name, AlongAxis operator, String shape, int axis) {
    list.add(name, g -> g.out(operator.of(g.at(), g.in("x", shape), axis)));
  }

  private void special() {
    add("softmax.large", Scope::softmax, "2,6", -1);
    add("softmax.masked", Scope::softmax, "3,3", -1);
    add("argmax.ties", Scope::argMax, "3,4", 1);
    add("argmax.ties_axis0", Scope::argMax, "4,3", 0);
    AlongAxis mean = (at, x, axis) -> at.reduce(Reduce.Function.MEAN, x, axis);
    add("reduce.mean.offset", mean, "2,64", 1);
  }
}

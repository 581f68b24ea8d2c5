package dev.vlm4j.conformance;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Conv2d;
import java.util.List;

/** Cases of linear, matmul and conv2d. */
final class LinearCases {
  /** Element types of checkpoints that every backend reads. */
  static final List<String> STORED = List.of("f32", "f16", "bf16", "f64");

  private final CaseList list = new CaseList();

  private LinearCases() {}

  static List<ConformanceCase> all() {
    LinearCases cases = new LinearCases();
    cases.stored();
    cases.linear();
    cases.computedWeights();
    cases.matMul();
    cases.conv2d();
    cases.patches();
    return cases.list.cases();
  }

  private void stored() {
    for (String stored : STORED) {
      linear("linear." + stored, "n,6", 5, false);
      linear("linear." + stored + "_bias", "n,6", 5, true);
    }
  }

  private void linear() {
    linear("linear.rank1", "6", 4, true);
    linear("linear.rank3", "2,3,6", 4, true);
    linear("linear.rank4", "2,1,3,6", 4, true);
    linear("linear.long", "2,512", 3, false);
    linear("linear.one_by_one", "3,1", 1, false);
    for (String stored : List.of("f32", "bf16")) {
      list.add("linear.tied_to_table_" + stored, LinearCases::tied);
      list.add(
          "linear.reshaped_weight_" + stored,
          g -> {
            Value kernel = g.at().weight("proj.weight", 5, 2, 1, 2, 2);
            Value weight = g.at().reshape(kernel, Dim.fixed(5), Dim.fixed(8));
            g.out(g.at().linear(g.in("x", "n,8"), weight));
          });
      list.add(
          "linear.sliced_weight_" + stored,
          g -> {
            Value weight = g.at().slice(g.at().weight("qkv.weight", 6, 4), 0, 2, 4);
            g.out(g.at().linear(g.in("x", "2,4"), weight));
          });
    }
  }

  private void linear(String name, String x, long out, boolean biased) {
    list.add(name, g -> g.out(g.at().linear("m", g.in("x", x), out, biased)));
  }

  private static void tied(CaseGraph g) {
    Scope at = g.at();
    Value table = at.weight("table.weight", 7, 4);
    g.out(at.linear(at.gather(table, 0, g.ints("ids", "n")), table));
  }

  private void computedWeights() {
    list.add(
        "linear.computed_weight",
        g -> {
          Value weight = g.at().mul(g.in("w", "3,4"), 2);
          g.out(g.at().linear(g.in("x", "2,4"), weight, g.in("b", "3")));
        });
    list.add(
        "linear.float32",
        g -> {
          Value weight = g.at().cast(g.at().weight("m.weight", 3, 4), DType.FLOAT32);
          g.out(g.at().linear(g.in("x", Element.FLOAT32, "2,4"), weight));
        });
  }

  private void matMul() {
    matMul("matrix", "3,4", "4,2", "2,4");
    matMul("batch", "2,3,4", "2,4,5", "2,5,4");
    matMul("heads", "2,2,3,4", "2,2,4,3", "2,2,3,4");
    matMul("broadcast", "2,1,3,4", "5,4,2", "5,2,4");
    matMul("groups", "2,2,3,1,4", "2,2,1,4,6", "2,2,1,6,4");
    matMul("shared_right", "2,3,4", "4,2", "2,4");
    matMul("shared_left", "3,4", "2,4,2", "2,2,4");
    matMul("row", "1,4", "4,1", "1,4");
    list.add(
        "matmul.float32",
        g ->
            g.out(
                g.at()
                    .matMul(g.in("a", Element.FLOAT32, "2,3"), g.in("b", Element.FLOAT32, "3,2"))));
    list.add(
        "matmul.symbolic_sum", g -> g.out(g.at().matMul(g.in("a", "2,3,n"), g.in("b", "2,n,4"))));
    list.add(
        "matmul.symbolic_rows",
        g -> g.out(g.at().matMulTransposed(g.in("a", "2,n,3"), g.in("b", "2,n,3"))));
  }

  private void matMul(String name, String a, String b, String transposed) {
    list.add("matmul." + name, g -> g.out(g.at().matMul(g.in("a", a), g.in("b", b))));
    list.add(
        "matmul." + name + "_transposed",
        g -> g.out(g.at().matMulTransposed(g.in("a", a), g.in("b", transposed))));
  }

  private void conv2d() {
    conv2d("same", new Conv2d(1, 1, 1), "2,3,5,6", 4, 3, 3, 3);
    conv2d("stride2", new Conv2d(2, 1, 1), "1,2,7,6", 3, 2, 3, 3);
    conv2d("valid", new Conv2d(1, 0, 1), "1,2,5,5", 3, 2, 2, 3);
    conv2d("wide_padding", new Conv2d(3, 2, 1), "1,1,3,3", 2, 1, 3, 3);
    conv2d("pointwise", new Conv2d(1, 0, 1), "1,4,3,2", 5, 4, 1, 1);
    conv2d("whole", new Conv2d(1, 0, 1), "2,3,4,4", 5, 3, 4, 4);
    conv2d("groups", new Conv2d(1, 1, 2), "1,4,5,5", 6, 2, 3, 3);
    conv2d("depthwise", new Conv2d(1, 1, 4), "2,4,5,5", 4, 1, 3, 3);
    conv2d("depthwise_stride2", new Conv2d(2, 3, 4), "1,4,6,6", 4, 1, 7, 7);
    conv2d("remainder", new Conv2d(4, 0, 1), "1,1,8,9", 1, 1, 3, 3);
  }

  private void conv2d(String name, Conv2d op, String x, long... weight) {
    list.add(
        "conv2d." + name,
        g -> g.out(g.at().conv2d(op, g.in("x", x), g.at().weight("c.weight", weight))));
    list.add("conv2d." + name + "_bias", g -> g.out(biased(g, op, x, weight)));
  }

  private static Value biased(CaseGraph g, Conv2d op, String x, long... weight) {
    Scope at = g.at().at("c");
    return at.conv2d(op, g.in("x", x), at.weight("weight", weight), at.weight("bias", weight[0]));
  }

  private void patches() {
    for (String stored : STORED) {
      list.add(
          "conv2d.patches_" + stored,
          g -> g.out(biased(g, new Conv2d(4, 0, 1), "n,3,8,12", 8, 3, 4, 4)));
    }
    list.add(
        "conv2d.float32",
        g -> {
          Value x = g.in("x", Element.FLOAT32, "1,2,4,4");
          g.out(g.at().conv2d(new Conv2d(1, 1, 1), x, g.in("w", Element.FLOAT32, "3,2,3,3")));
        });
  }
}

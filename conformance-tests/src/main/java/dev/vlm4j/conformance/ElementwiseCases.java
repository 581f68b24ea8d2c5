package dev.vlm4j.conformance;

import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.graph.op.Cast;
import dev.vlm4j.graph.op.Compare;
import dev.vlm4j.graph.op.Constant;
import dev.vlm4j.graph.op.Logical;
import dev.vlm4j.graph.op.Unary;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Cases of unary, binary, compare, logical, not, select, cast and constant. */
final class ElementwiseCases {
  private static final Set<Element> FLOATS = EnumSet.of(Element.FLOAT, Element.FLOAT32);
  private static final Set<Element> NUMBERS =
      EnumSet.of(Element.FLOAT, Element.FLOAT32, Element.INT);

  private final CaseList list = new CaseList();

  private record Shapes(String name, String left, String right) {}

  private ElementwiseCases() {}

  static List<ConformanceCase> all() {
    ElementwiseCases cases = new ElementwiseCases();
    for (Unary.Function function : Unary.Function.values()) {
      cases.unary(function, "unary." + label(function) + ".");
    }
    for (Binary.Function function : Binary.Function.values()) {
      cases.binary(function, "binary." + label(function) + ".");
    }
    cases.pow();
    for (Compare.Relation relation : Compare.Relation.values()) {
      cases.compare(relation, "compare." + label(relation) + ".");
    }
    for (Logical.Function function : Logical.Function.values()) {
      cases.logical(function, "logical." + label(function) + ".");
    }
    cases.not();
    cases.select();
    cases.cast();
    cases.constant();
    return cases.list.cases();
  }

  private void unary(Unary.Function function, String name) {
    for (Element element : FLOATS) {
      list.add(
          name + element.label(), g -> g.out(g.at().unary(function, g.in("x", element, "2,3,4"))));
    }
    list.add(name + "symbolic", g -> g.out(g.at().unary(function, g.in("x", "n,3"))));
    list.add(name + "scalar", g -> g.out(g.at().unary(function, g.in("x", ""))));
    if (function == Unary.Function.SIN || function == Unary.Function.COS) {
      list.add(name + "large", g -> g.out(g.at().unary(function, g.in("x", "16"))));
    }
    if (function == Unary.Function.NEG || function == Unary.Function.ABS) {
      list.add(name + "int", g -> g.out(g.at().unary(function, g.ints("x", "2,6"))));
    }
  }

  private void binary(Binary.Function function, String name) {
    List<Shapes> shapes =
        List.of(
            new Shapes("same", "2,3,4", "2,3,4"),
            new Shapes("last_axis", "2,3,4", "4"),
            new Shapes("left_last_axis", "4", "2,3,4"),
            new Shapes("both", "2,1,4", "3,1"),
            new Shapes("scalar", "2,3", ""),
            new Shapes("left_scalar", "", "2,3"),
            new Shapes("scalars", "", ""),
            new Shapes("one_and_scalar", "1", ""),
            new Shapes("zero_length", "0,3", "3"),
            new Shapes("symbolic", "n,3", "1,3"),
            new Shapes("two_symbols", "n,1", "1,m"));
    for (Shapes shape : shapes) {
      binary(function, name + shape.name(), Element.FLOAT, shape);
    }
    binary(function, name + "float32", Element.FLOAT32, new Shapes("", "2,3", "3"));
    if (function != Binary.Function.DIV && function != Binary.Function.POW) {
      for (int i : new int[] {0, 3, 4}) {
        binary(function, name + "int_" + shapes.get(i).name(), Element.INT, shapes.get(i));
      }
    }
  }

  private void binary(Binary.Function function, String name, Element element, Shapes shape) {
    list.add(
        name,
        g ->
            g.out(
                g.at()
                    .binary(
                        function,
                        g.in("a", element, shape.left()),
                        g.in("b", element, shape.right()))));
  }

  private void pow() {
    Shapes shapes = new Shapes("", "2,4", "4");
    binary(Binary.Function.POW, "binary.pow.whole_exponents", Element.FLOAT, shapes);
    binary(Binary.Function.MUL, "binary.mul.large_int", Element.INT, new Shapes("", "4", "4"));
  }

  private void compare(Compare.Relation relation, String name) {
    List<Shapes> shapes =
        List.of(
            new Shapes("same", "3,5", "3,5"),
            new Shapes("both", "4,1", "1,5"),
            new Shapes("scalar", "2,5", ""));
    for (Shapes shape : shapes) {
      for (Element element : NUMBERS) {
        compare(relation, name + element.label() + "_" + shape.name(), element, shape);
      }
    }
    compare(relation, name + "symbolic", Element.INT, new Shapes("", "n,1", "n"));
  }

  private void compare(Compare.Relation relation, String name, Element element, Shapes shape) {
    list.add(
        name,
        g ->
            g.out(
                g.at()
                    .apply(
                        new Compare(relation),
                        g.in("a", element, shape.left()),
                        g.in("b", element, shape.right()))));
  }

  private void logical(Logical.Function function, String name) {
    List<Shapes> shapes =
        List.of(
            new Shapes("same", "2,5", "2,5"),
            new Shapes("both", "4,1", "1,5"),
            new Shapes("scalar", "2,3", ""),
            new Shapes("symbolic", "n,1", "1,n"));
    for (Shapes shape : shapes) {
      list.add(
          name + shape.name(),
          g ->
              g.out(
                  g.at()
                      .apply(
                          new Logical(function),
                          g.in("a", Element.BOOL, shape.left()),
                          g.in("b", Element.BOOL, shape.right()))));
    }
  }

  private void not() {
    list.add("not.symbolic", g -> g.out(g.at().not(g.in("a", Element.BOOL, "n,2"))));
    list.add("not.scalar", g -> g.out(g.at().not(g.in("a", Element.BOOL, ""))));
  }

  private void select() {
    for (Element element : Element.values()) {
      String name = "select." + element.label() + "_";
      select(name + "same", element, "2,3", "2,3", "2,3");
      select(name + "condition_broadcast", element, "2,1", "2,3", "2,3");
      select(name + "values_broadcast", element, "2,3", "3", "");
      select(name + "all_broadcast", element, "4,1,1", "3,1", "2");
      select(name + "zero_length", element, "0,1", "0,3", "1,3");
    }
    list.add(
        "select.mask",
        g -> {
          Value visible = g.in("c", Element.BOOL, "n,n");
          Value hidden = g.at().scalar(DType.FLOAT, -Float.MAX_VALUE);
          g.out(g.at().select(visible, g.in("a", "2,n,n"), hidden));
        });
  }

  private void select(String name, Element element, String c, String a, String b) {
    list.add(
        name,
        g ->
            g.out(
                g.at()
                    .select(
                        g.in("c", Element.BOOL, c), g.in("a", element, a), g.in("b", element, b))));
  }

  private void cast() {
    for (Element from : FLOATS) {
      for (Element to : NUMBERS) {
        cast(from, to, "8");
      }
    }
    for (Element from : List.of(Element.INT, Element.BOOL)) {
      for (Element to : NUMBERS) {
        cast(from, to, "3,4");
      }
    }
    list.add("cast.symbolic", g -> g.out(g.at().apply(new Cast(DType.INT), g.in("x", "n,2"))));
  }

  private void cast(Element from, Element to, String shape) {
    list.add(
        "cast." + from.label() + "_to_" + to.label(),
        g -> g.out(g.at().apply(new Cast(to.fed()), g.in("x", from, shape))));
  }

  private void constant() {
    list.add("constant.literals", ElementwiseCases::literals);
    list.add(
        "constant.in_arithmetic",
        g -> {
          Scope at = g.at();
          float[] factors = {0.5f, -1.5f, 0.25f};
          Value table = at.constant(Constant.of(DType.FLOAT, Shape.fixed(3), factors));
          g.out(at.mul(at.add(g.in("x", "n,3"), 0.1), table));
        });
  }

  private static void literals(CaseGraph g) {
    float[] table = {0.1f, -0.2f, 0.3f, 1e-6f, 1e6f, 0};
    int[] integers = {16777217, Integer.MIN_VALUE, Integer.MAX_VALUE, 0};
    g.out("scalar", g.at().scalar(0.1));
    g.out("scalar32", g.at().scalar(DType.FLOAT32, -Float.MAX_VALUE));
    g.out("integer", g.at().scalar(DType.INT, -7));
    g.out("table", g.at().constant(Constant.of(DType.FLOAT, Shape.fixed(2, 3), table)));
    g.out("integers", g.at().constant(Constant.of(Shape.fixed(4), integers)));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

package dev.vlm4j.conformance;

import java.util.List;

/** Cases of gather and scatter of rows. */
final class IndexingCases {
  private final CaseList list = new CaseList();

  private IndexingCases() {}

  static List<ConformanceCase> all() {
    IndexingCases cases = new IndexingCases();
    cases.tables();
    cases.gather();
    cases.scatterRows();
    return cases.list.cases();
  }

  private void tables() {
    for (String stored : LinearCases.STORED) {
      list.add(
          "gather.table_" + stored,
          g ->
              g.out(g.at().gather(g.at().weight("table.weight", 6, 5), 0, g.ints("indices", "n"))));
    }
    list.add(
        "gather.table_of_sequences",
        g ->
            g.out(
                g.at()
                    .gather(g.at().weight("table.weight", 6, 5), 0, g.ints("indices", "rows,n"))));
  }

  private void gather() {
    for (int axis = 0; axis < 3; axis++) {
      gather("gather.axis" + axis, Element.FLOAT, "3,4,5", axis, "2,2");
      gather("gather.axis" + axis + "_scalar_index", Element.FLOAT, "3,4,5", axis, "");
    }
    for (Element element : List.of(Element.FLOAT32, Element.INT, Element.BOOL)) {
      gather("gather." + element.label(), element, "3,4", 1, "5");
    }
    gather("gather.symbolic", Element.FLOAT, "n,3", 0, "4");
  }

  private void gather(String name, Element element, String shape, int axis, String indices) {
    list.add(
        name,
        g -> g.out(g.at().gather(g.in("x", element, shape), axis, g.ints("indices", indices))));
  }

  private void scatterRows() {
    for (Element element : List.of(Element.FLOAT, Element.FLOAT32, Element.INT)) {
      scatterRows("scatter_rows." + element.label(), element, "5,3", "3", "3,3");
    }
    scatterRows("scatter_rows.symbolic", Element.FLOAT, "n,2,2", "m", "m,2,2");
    scatterRows("scatter_rows.vector", Element.FLOAT, "5", "m", "m");
  }

  private void scatterRows(String name, Element element, String x, String rows, String updates) {
    list.add(
        name,
        g ->
            g.out(
                g.at()
                    .scatterRows(
                        g.in("x", element, x),
                        g.ints("rows", rows),
                        g.in("updates", element, updates))));
  }
}

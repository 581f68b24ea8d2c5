package dev.vlm4j.graph;

import java.util.Optional;

/**
 * Where a run can read the length of a symbolic dimension: an axis of a tensor that exists when a
 * node runs.
 *
 * @param value an operand of the node, or an input of the graph
 * @param axis the axis of that value to measure
 * @param wanted the dimension that is looked for
 */
public record DimSource(Value value, int axis, Dim wanted) {

  /**
   * Finds a source for a symbolic dimension of a node: an operand's axis of exactly that dimension,
   * else a graph input's, else an axis that is the bare symbol.
   */
  public static Optional<DimSource> find(Graph graph, Node node, Dim wanted) {
    Dim bare = Dim.symbol(String.valueOf(wanted.symbol()));
    return search(node.inputs(), wanted, wanted)
        .or(() -> search(graph.inputs(), wanted, wanted))
        .or(() -> search(node.inputs(), bare, wanted))
        .or(() -> search(graph.inputs(), bare, wanted));
  }

  private static Optional<DimSource> search(Iterable<Value> values, Dim declared, Dim wanted) {
    for (Value value : values) {
      int axis = value.shape().dims().indexOf(declared);
      if (axis >= 0) {
        return Optional.of(new DimSource(value, axis, wanted));
      }
    }
    return Optional.empty();
  }

  /** Returns whether the measured length is the wanted one without arithmetic. */
  public boolean isExact() {
    return value.dim(axis).equals(wanted);
  }

  /** Returns the wanted length when the measured axis has {@code measured} elements. */
  public long length(long measured) {
    return isExact() ? measured : wanted.evaluate(measured);
  }
}

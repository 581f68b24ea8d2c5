package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.graph.op.CacheAppend;
import dev.vlm4j.graph.op.Compare;
import dev.vlm4j.graph.op.Logical;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What TensorFlow's kernels cannot do; the lowering trusts that none of it occurs. */
final class TensorFlowLimits {
  /** Most axes of the kernels that cut and transpose. */
  private static final int MOST_AXES = 8;

  /** Most runs of axes that element-wise kernels broadcast, neighbours of one kind counted once. */
  private static final int MOST_BROADCAST_RUNS = 5;

  private TensorFlowLimits() {}

  static List<GraphProblem> problems(Graph graph) {
    Set<String> measured = measuredSymbols(graph);
    List<GraphProblem> problems = new ArrayList<>();
    for (Node node : graph.nodes()) {
      limit(node, measured)
          .ifPresent(
              reason -> problems.add(new GraphProblem(node.scope(), node.op().toString(), reason)));
    }
    return List.copyOf(problems);
  }

  private static Set<String> measuredSymbols(Graph graph) {
    Set<String> symbols = new HashSet<>();
    for (Value input : graph.inputs()) {
      for (Dim dim : input.shape().dims()) {
        if (dim.isPlainSymbol()) {
          symbols.add(String.valueOf(dim.symbol()));
        }
      }
    }
    return symbols;
  }

  private static Optional<String> limit(Node node, Set<String> measured) {
    if (node.output().rank() > MOST_AXES) {
      return Optional.of("more than " + MOST_AXES + " axes");
    }
    if (node.op() instanceof CacheAppend) {
      return appendLimit(node, measured);
    }
    boolean broadcasts =
        node.op() instanceof Binary || node.op() instanceof Compare || node.op() instanceof Logical;
    if (broadcasts && runs(node.input(0).shape(), node.input(1).shape()) > MOST_BROADCAST_RUNS) {
      return Optional.of("repeats more than " + MOST_BROADCAST_RUNS + " separate runs of axes");
    }
    return Optional.empty();
  }

  /** The session checks the room before a run, so it must know the length from the inputs. */
  private static Optional<String> appendLimit(Node node, Set<String> measured) {
    for (Dim dim : node.input(0).shape().dims().subList(0, 2)) {
      if (!dim.isFixed() && !measured.contains(String.valueOf(dim.symbol()))) {
        return Optional.of("the length " + dim + " is not that of a graph input");
      }
    }
    return Optional.empty();
  }

  private static int runs(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int runs = 0;
    int former = -1;
    for (int axis = 0; axis < rank; axis++) {
      int kind = (isOne(a, axis - rank) ? 1 : 0) + (isOne(b, axis - rank) ? 2 : 0);
      runs += kind == former ? 0 : 1;
      former = kind;
    }
    return runs;
  }

  private static boolean isOne(Shape shape, int axisFromEnd) {
    return shape.rank() + axisFromEnd < 0 || shape.dim(axisFromEnd).equals(Dim.fixed(1));
  }
}

package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.op.Binary;
import dev.vlm4j.graph.op.Compare;
import dev.vlm4j.graph.op.Logical;
import dev.vlm4j.spi.CacheGrowth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What TensorFlow's kernels cannot do; the lowering trusts that none of it occurs. */
final class TensorFlowLimits {
  /** Most axes of the kernels that cut and transpose. */
  private static final int MOST_AXES = 8;

  /** Most runs of axes that element-wise kernels broadcast, neighbours of one kind counted once. */
  private static final int MOST_BROADCAST_RUNS = 5;

  private TensorFlowLimits() {}

  static List<GraphProblem> problems(Graph graph) {
    List<GraphProblem> problems = new ArrayList<>(CacheGrowth.problems(graph));
    for (Node node : graph.nodes()) {
      limit(node)
          .ifPresent(
              reason -> problems.add(new GraphProblem(node.scope(), node.op().toString(), reason)));
    }
    return List.copyOf(problems);
  }

  private static Optional<String> limit(Node node) {
    if (node.output().rank() > MOST_AXES) {
      return Optional.of("more than " + MOST_AXES + " axes");
    }
    boolean broadcasts =
        node.op() instanceof Binary || node.op() instanceof Compare || node.op() instanceof Logical;
    if (broadcasts && runs(node.input(0).shape(), node.input(1).shape()) > MOST_BROADCAST_RUNS) {
      return Optional.of("repeats more than " + MOST_BROADCAST_RUNS + " separate runs of axes");
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

package dev.vlm4j.error;

import java.util.List;
import java.util.stream.Collectors;

/** A graph that is invalid, or that a backend cannot lower; carries every problem found. */
public final class GraphException extends VlmException {
  private static final long serialVersionUID = 1L;

  private final transient List<GraphProblem> problems;

  /** Creates an error that lists all problems, one per line. */
  public GraphException(ErrorCode code, String summary, List<GraphProblem> problems) {
    super(code, summary + problems.stream().map(p -> "\n  " + p).collect(Collectors.joining()));
    this.problems = List.copyOf(problems);
  }

  /** Returns every problem, in graph order. */
  public List<GraphProblem> problems() {
    return problems;
  }
}

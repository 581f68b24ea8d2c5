package dev.vlm4j.error;

/**
 * One thing that is wrong with a graph, or that a backend cannot lower.
 *
 * @param scope path of the node, equal to the prefix of its checkpoint keys
 * @param operator printed form of the operator
 * @param reason what is wrong
 */
public record GraphProblem(String scope, String operator, String reason) {
  @Override
  public String toString() {
    return (scope.isEmpty() ? "<root>" : scope) + ": " + operator + ": " + reason;
  }
}

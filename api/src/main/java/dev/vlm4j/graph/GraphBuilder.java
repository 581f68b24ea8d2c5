package dev.vlm4j.graph;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.GraphException;
import dev.vlm4j.error.GraphProblem;
import dev.vlm4j.graph.op.Constant;
import dev.vlm4j.graph.op.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects a graph. Problems do not throw while building: {@link #build()} reports all of them at
 * once. Two applications of the same operator to the same operands are one node. Not thread-safe.
 */
public final class GraphBuilder {
  private static final TensorType INVALID_TYPE = new TensorType(DType.FLOAT, Shape.of());

  private record Application(Op op, List<Value> inputs) {}

  private final String name;
  private final Map<String, Value> inputs = new LinkedHashMap<>();
  private final Map<String, Value> weights = new LinkedHashMap<>();
  private final Map<String, State> states = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Application, Value> known = new HashMap<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final List<GraphProblem> problems = new ArrayList<>();
  private int nextId;

  /** Starts an empty graph for the stage of that name. */
  public GraphBuilder(String name) {
    this.name = name;
  }

  /** Returns the scope without a path. */
  public Scope root() {
    return new Scope(this, "");
  }

  /** Declares an input that every run must be given. */
  public Value input(String inputName, DType dtype, Dim... dims) {
    Value value = value(Value.Kind.INPUT, inputName, new TensorType(dtype, Shape.of(dims)));
    if (inputs.putIfAbsent(inputName, value) != null) {
      problem("", "input", "name " + inputName + " is declared twice");
    }
    return value;
  }

  /** Declares a cache. */
  public State state(String stateName, int heads, int headDim, String group) {
    State state = new State(stateName, heads, headDim, group);
    State former = states.putIfAbsent(stateName, state);
    if (former != null && !former.equals(state)) {
      problem("", "state", stateName + " is declared twice, as " + former + " and " + state);
    }
    return state;
  }

  /** Names a result. */
  public void output(String outputName, Value value) {
    if (outputs.putIfAbsent(outputName, value) != null) {
      problem("", "output", "name " + outputName + " is declared twice");
    }
  }

  /**
   * Verifies and returns the graph.
   *
   * @throws GraphException listing every problem with its scope
   */
  public Graph build() {
    Graph graph =
        new Graph(
            name,
            List.copyOf(inputs.values()),
            List.copyOf(weights.values()),
            List.copyOf(states.values()),
            nodes,
            outputs);
    List<GraphProblem> all = new ArrayList<>(problems);
    all.addAll(GraphVerifier.problems(graph));
    if (!all.isEmpty()) {
      throw new GraphException(ErrorCode.GRAPH_INVALID, "graph " + name + " is invalid:", all);
    }
    return graph;
  }

  Value weight(String key, Shape shape) {
    TensorType type = new TensorType(DType.FLOAT, shape);
    Value former = weights.get(key);
    if (former == null) {
      former = value(Value.Kind.WEIGHT, key, type);
      weights.put(key, former);
    } else if (!former.type().equals(type)) {
      problem(key, "weight", "is wanted as " + former.type() + " and as " + type);
    }
    return former;
  }

  Value add(String scope, Op op, List<Value> operands) {
    Application application = new Application(op, operands);
    Value former = known.get(application);
    if (former != null) {
      return former;
    }
    Value result = apply(scope, op, operands);
    known.put(application, result);
    return result;
  }

  private Value apply(String scope, Op op, List<Value> operands) {
    if (operands.stream().anyMatch(operand -> operand.kind() == Value.Kind.INVALID)) {
      return value(Value.Kind.INVALID, scope, INVALID_TYPE);
    }
    try {
      TensorType type = op.infer(operands.stream().map(Value::type).toList());
      Value result = value(Value.Kind.NODE, scope, type);
      nodes.add(new Node(op, operands, result, scope));
      return result;
    } catch (IllegalArgumentException e) {
      problem(scope, op.toString(), String.valueOf(e.getMessage()));
      return value(Value.Kind.INVALID, scope, INVALID_TYPE);
    }
  }

  Value scalar(DType dtype, double number) {
    return add("", Constant.scalar(dtype, number), List.of());
  }

  private Value value(Value.Kind kind, String valueName, TensorType type) {
    return new Value(nextId++, kind, valueName, type);
  }

  private void problem(String scope, String operator, String reason) {
    problems.add(new GraphProblem(scope, operator, reason));
  }
}

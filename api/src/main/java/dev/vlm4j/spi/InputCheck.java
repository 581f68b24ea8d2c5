package dev.vlm4j.spi;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Node;
import dev.vlm4j.graph.Value;
import dev.vlm4j.graph.op.Gather;
import dev.vlm4j.graph.op.ScatterRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Compares what a run is given with what the graph declares, for backends. */
public final class InputCheck {
  private final Map<String, Long> symbols = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private InputCheck() {}

  /**
   * Returns the value of every symbol that an input carries without arithmetic. Inputs that nodes
   * read as indices must lie within the axis: engines on GPUs do not look, and read elsewhere or
   * can compute nothing more in this process.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} listing every missing, surplus or misshapen
   *     input, or every input with an index outside of its axis
   */
  public static Map<String, Long> symbols(Graph graph, Map<String, Tensor> inputs) {
    InputCheck check = new InputCheck();
    graph.inputs().forEach(declared -> check.input(declared, inputs.get(declared.name())));
    for (String name : inputs.keySet()) {
      if (graph.inputs().stream().noneMatch(declared -> declared.name().equals(name))) {
        check.problems.add(name + " is no input of the graph");
      }
    }
    graph.inputs().forEach(declared -> check.derived(declared, inputs.get(declared.name())));
    if (check.problems.isEmpty()) {
      graph.nodes().forEach(node -> check.indices(graph, node, inputs));
    }
    if (!check.problems.isEmpty()) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "wrong inputs for the graph " + graph.name() + ": " + String.join("; ", check.problems));
    }
    return Map.copyOf(check.symbols);
  }

  private void input(Value declared, @org.jspecify.annotations.Nullable Tensor given) {
    if (given == null) {
      problems.add(declared.name() + " is missing");
    } else if (given.rank() != declared.rank()
        || given.dtype().isFloat() != declared.dtype().isFloat()) {
      problems.add(declared.name() + " must be " + declared.type() + ", got " + given);
    } else {
      for (int axis = 0; axis < given.rank(); axis++) {
        axis(declared, axis, given);
      }
    }
  }

  private void axis(Value declared, int axis, Tensor given) {
    Dim dim = declared.dim(axis);
    String symbol = dim.symbol();
    if (symbol == null
        ? dim.size() != given.size(axis)
        : dim.isPlainSymbol() && differs(symbol, given.size(axis))) {
      problems.add(
          declared.name() + " must be " + declared.type() + " with " + symbols + ", got " + given);
    }
  }

  private boolean differs(String symbol, long size) {
    Long former = symbols.putIfAbsent(symbol, size);
    return former != null && former != size;
  }

  private void derived(Value declared, @org.jspecify.annotations.Nullable Tensor given) {
    for (int axis = 0; given != null && axis < Math.min(given.rank(), declared.rank()); axis++) {
      Dim dim = declared.dim(axis);
      Long value = dim.symbol() == null ? null : symbols.get(dim.symbol());
      if (value != null && !fits(dim, value, given.size(axis))) {
        problems.add(
            declared.name()
                + " must have "
                + dim
                + " elements along axis "
                + axis
                + ", got "
                + given);
      }
    }
  }

  private void indices(Graph graph, Node node, Map<String, Tensor> inputs) {
    if (node.op() instanceof Gather op) {
      indices(graph, node, op.axis(), inputs);
    } else if (node.op() instanceof ScatterRows) {
      indices(graph, node, 0, inputs);
    }
  }

  private void indices(Graph graph, Node node, int axis, Map<String, Tensor> inputs) {
    Tensor given = inputs.get(node.input(1).name());
    OptionalLong size = size(node.input(0).dim(axis));
    if (given == null || size.isEmpty() || !graph.inputs().contains(node.input(1))) {
      return;
    }
    for (int index : given.ints()) {
      if (index < 0 || index >= size.getAsLong()) {
        problems.add(
            node.input(1).name()
                + " has the index "
                + index
                + " of an axis of "
                + size.getAsLong()
                + " elements");
        return;
      }
    }
  }

  private OptionalLong size(Dim dim) {
    if (dim.symbol() == null) {
      return OptionalLong.of(dim.size());
    }
    Long value = symbols.get(dim.symbol());
    return value == null ? OptionalLong.empty() : OptionalLong.of(dim.evaluate(value));
  }

  private static boolean fits(Dim dim, long symbolValue, long size) {
    try {
      return dim.evaluate(symbolValue) == size;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

package dev.vlm4j.spi;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what a run is given with what the graph declares, for backends. */
public final class InputCheck {
  private final Map<String, Long> symbols = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private InputCheck() {}

  /**
   * Returns the value of every symbol that an input carries without arithmetic.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} listing every missing, surplus or misshapen input
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

  private static boolean fits(Dim dim, long symbolValue, long size) {
    try {
      return dim.evaluate(symbolValue) == size;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
